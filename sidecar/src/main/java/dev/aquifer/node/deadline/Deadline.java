package dev.aquifer.node.deadline;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Ends what blocks on a channel and is late, by closing the channel. What is done in time closes the deadline, and the channel
 * stays open.
 */
public final class Deadline implements AutoCloseable {
    private final CompletableFuture<Void> done = new CompletableFuture<>();

    private Deadline() {}

    /**
     * Begins to count.
     *
     * @param channel whatever blocks on it fails once it is closed
     */
    public static Deadline in(Duration time, Closeable channel) {
        Deadline deadline = new Deadline();
        var _ = deadline.done
                .orTimeout(time.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((_, late) -> closeIf(late != null, channel));
        return deadline;
    }

    /** Whether it came before it was closed; then the channel is closed, or about to be. */
    public boolean isPassed() {
        return done.isCompletedExceptionally();
    }

    @Override
    public void close() {
        done.complete(null);
    }

    private static void closeIf(boolean late, Closeable channel) {
        if (late) {
            end(channel);
        }
    }

    static void end(Closeable channel) {
        try {
            channel.close();
        } catch (IOException alreadyClosed) {
            // what blocks ends all the same
        }
    }
}
