package dev.aquifer.webhook.report;

/** What nodes report cannot be had now; the message says why. */
public final class ReportsUnavailable extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * They cannot be had for this reason.
     *
     * @param message what was expected and what was found
     */
    public ReportsUnavailable(String message) {
        super(message);
    }
}
