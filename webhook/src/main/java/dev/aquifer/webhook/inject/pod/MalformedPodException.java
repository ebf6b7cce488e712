package dev.aquifer.webhook.inject.pod;

/** A pod that is not of the shape that the API has; the message says where and what was expected. */
public final class MalformedPodException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String message;

    public MalformedPodException(String message) {
        super(message);
        this.message = message;
    }

    public String message() {
        return message;
    }
}
