package dev.aquifer.webhook.rest;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * After which pause a request is made again that the API server was too busy for or failed at. Not left to the client,
 * which reads the server's Retry-After and waits its own time all the same (Fabric8 7.8.0, AsyncUtils).
 *
 * @param retries how often a request is made again
 */
record Patience(int retries) {
    private static final int TOO_MANY = 429;
    private static final int SERVERS_FAULT = 500;
    private static final Duration FIRST = Duration.ofMillis(100);
    /** Whatever the server asks: whoever waits has other work. */
    private static final Duration LONGEST = Duration.ofSeconds(10);

    /**
     * The pause; null when the answer is to be taken as it is.
     *
     * @param made how often the request was made again already
     * @param code the HTTP status, or {@link ApiException#NONE} without an answer
     * @param retryAfter what the server says of it, in seconds as API servers say it
     */
    @Nullable Duration before(int made, int code, @Nullable String retryAfter) {
        if (made >= retries || !(code == TOO_MANY || code >= SERVERS_FAULT || code == ApiException.NONE)) {
            return null;
        }
        Duration own = FIRST.multipliedBy(1L << made);
        Duration asked = seconds(retryAfter);
        Duration longer = own.compareTo(asked) < 0 ? asked : own;
        return longer.compareTo(LONGEST) < 0 ? longer : LONGEST;
    }

    private static Duration seconds(@Nullable String text) {
        return text == null || !text.matches("[0-9]{1,9}") ? Duration.ZERO : Duration.ofSeconds(Long.parseLong(text));
    }
}
