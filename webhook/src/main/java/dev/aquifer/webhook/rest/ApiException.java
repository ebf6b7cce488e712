package dev.aquifer.webhook.rest;

/** A request that the API server refused, or never answered. */
public final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Of a request that got no answer. */
    public static final int NONE = 0;

    /** Of a request whose answer is longer than what is taken in. */
    public static final int TOO_LONG = -1;

    /** Of one that this person or program may not make. */
    public static final int FORBIDDEN = 403;

    private final int code;
    private final String statusCause;

    /**
     * One with what the API server says.
     *
     * @param code the HTTP status, {@link #NONE} or {@link #TOO_LONG}
     */
    public ApiException(int code, String message) {
        this(code, message, "");
    }

    /**
     * As {@link #ApiException(int, String)}.
     *
     * @param statusCause the reason of the first of the status' causes; empty where there is none
     */
    public ApiException(int code, String message, String statusCause) {
        super(message);
        this.code = code;
        this.statusCause = statusCause;
    }

    public int code() {
        return code;
    }

    /** What the first cause of the status says, in one word (metav1.StatusCause); empty where there is none. */
    public String statusCause() {
        return statusCause;
    }

    /** Refused for what it asks: the same request will be refused again until something else changes. */
    public boolean isRefusal() {
        return code == FORBIDDEN || code == 422 || code == 400;
    }

    public boolean isForbidden() {
        return code == FORBIDDEN;
    }

    /** Another writer, or another manager of the same fields, was there first. */
    public boolean isConflict() {
        return code == 409;
    }

    public boolean isNotFound() {
        return code == 404;
    }

    /** The API server asks for patience; of an eviction: a disruption budget does. */
    public boolean isTooMany() {
        return code == 429;
    }
}
