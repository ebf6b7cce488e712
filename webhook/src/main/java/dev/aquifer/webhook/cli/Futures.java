package dev.aquifer.webhook.cli;

import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** Waits for what event loops do, on a thread that may. */
final class Futures {
    private Futures() {}

    static <T extends @Nullable Object> T await(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }
}
