package dev.aquifer.webhook.binder.pace;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * How long to wait after failures in a row: twice as long each time, and never all at the same moment.
 *
 * @param random from 0 to 1
 */
public record Backoff(Duration first, Duration longest, DoubleSupplier random) {
    private static final int DOUBLINGS = 20;

    /** From half of the time to all of it. */
    public Duration after(int failures) {
        long doubled = first.toMillis() << Math.min(Math.max(failures - 1, 0), DOUBLINGS);
        long millis = Math.min(doubled, longest.toMillis());
        return Duration.ofMillis(millis / 2 + (long) (millis / 2.0 * random.getAsDouble()));
    }
}
