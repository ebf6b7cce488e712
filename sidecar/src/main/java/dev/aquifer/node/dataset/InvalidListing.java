package dev.aquifer.node.dataset;

/**
 * Bytes of a listing, or of a request about one, that break its rules. The message says what was expected and what was
 * found; it never holds more than one short name of the sender's.
 */
public final class InvalidListing extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InvalidListing(String message) {
        super(message);
    }
}
