package dev.aquifer.webhook.entitlement;

/** An annotation of ours that cannot be read; the message names the position and the right form. */
public final class InvalidAnnotationException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String message;

    public InvalidAnnotationException(String message) {
        super(message);
        this.message = message;
    }

    public String message() {
        return message;
    }
}
