package dev.aquifer.webhook.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/** How long a body is, as far as its sender says. */
public final class ContentLength {
    private ContentLength() {}

    /** The length in bytes, or -1. */
    public static long of(HttpServerRequest request) {
        String length = request.headers().get(HttpHeaders.CONTENT_LENGTH);
        // the decoder has refused what is no number; one that overflows is too large in any case
        return length == null ? -1 : length.length() > 18 ? Long.MAX_VALUE : Long.parseLong(length);
    }
}
