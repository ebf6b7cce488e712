package dev.aquifer.node.remote;

import dev.aquifer.node.transfer.HttpHead;
import java.io.IOException;
import java.time.Duration;

/** The origin answers too many others: it is to be asked the same again. The connection is as good as before. */
public final class OriginBusyException extends IOException {
    private static final long serialVersionUID = 1L;

    private static final int USUAL_SECONDS = 2;
    private static final int MOST_SECONDS = 10;

    private final Duration wait;

    private OriginBusyException(Duration wait) {
        super("the origin is busy, and is asked again in %d s".formatted(wait.toSeconds()));
        this.wait = wait;
    }

    /** As long as the answer says, which is not believed if it is very long. */
    static OriginBusyException of(HttpHead answer) {
        String after = answer.header("retry-after");
        int seconds = after != null && after.matches("[0-9]{1,6}") ? Integer.parseInt(after) : USUAL_SECONDS;
        return new OriginBusyException(Duration.ofSeconds(Math.clamp(seconds, 1, MOST_SECONDS)));
    }

    /** How long to wait before. */
    public Duration retryAfter() {
        return wait;
    }
}
