package dev.aquifer.webhook.command.waiting;

/**
 * How far something is from what somebody waits for.
 *
 * @param part of the way that lies behind; negative where it cannot be measured
 * @param message what there is, or what is missing
 */
public record Progress(boolean reached, double part, String message) {
    private static final double UNKNOWN = -1;

    static Progress reached(String message) {
        return new Progress(true, 1, message);
    }

    static Progress missing(String message) {
        return new Progress(false, UNKNOWN, message);
    }

    boolean isMeasured() {
        return part >= 0;
    }
}
