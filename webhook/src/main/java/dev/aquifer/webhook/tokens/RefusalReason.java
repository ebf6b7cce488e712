package dev.aquifer.webhook.tokens;

import java.util.Locale;

/** Why a request with a token gets nothing. */
public enum RefusalReason {
    MALFORMED(400),
    /** No token, or one that proves nothing. */
    NOT_AUTHENTICATED(401),
    /** A token of somebody who has no use for a certificate. */
    NOT_ENTITLED(403),
    WRONG_METHOD(405),
    TOO_SLOW(408),
    TOO_LARGE(413),
    TOO_MANY(429),
    /** Nobody can check the token, or sign. */
    UNAVAILABLE(503);

    private final int status;
    private final String label = name().toLowerCase(Locale.ROOT).replace('_', '-');

    RefusalReason(int status) {
        this.status = status;
    }

    /** The HTTP status. */
    int status() {
        return status;
    }

    /** Whether the same request may succeed later. */
    boolean passes() {
        return this == TOO_MANY || this == UNAVAILABLE;
    }

    /** The value of the metric label {@code outcome}. */
    String label() {
        return label;
    }
}
