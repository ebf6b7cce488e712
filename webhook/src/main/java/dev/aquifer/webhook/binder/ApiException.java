package dev.aquifer.webhook.binder;

/** A request that the API server refused, or never answered. */
final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Of a request that got no answer. */
    static final int NONE = 0;

    private final int code;

    /** @param code the HTTP status, or {@link #NONE} */
    ApiException(int code, String message) {
        super(message);
        this.code = code;
    }

    int code() {
        return code;
    }

    /** Refused for what it asks: the same request will be refused again until something else changes. */
    boolean isRefusal() {
        return code == 403 || code == 422 || code == 400;
    }

    /** Another writer, or another manager of the same fields, was there first. */
    boolean isConflict() {
        return code == 409;
    }

    boolean isNotFound() {
        return code == 404;
    }

    /** The API server asks for patience; of an eviction: a disruption budget does. */
    boolean isTooMany() {
        return code == 429;
    }
}
