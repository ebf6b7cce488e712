package dev.aquifer.e2e.admission;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** Kills one replica of admission after the other, each once the one before has been replaced, until it is closed. */
final class ReplicaKiller implements AutoCloseable {
    private final Admission admission;
    private final AtomicInteger kills = new AtomicInteger();
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private volatile boolean closed;

    ReplicaKiller(Admission admission) {
        this.admission = admission;
        Thread.ofVirtual().start(() -> {
            try {
                killOneAfterTheOther();
                end.complete(null);
            } catch (Throwable e) {
                end.completeExceptionally(e);
            }
        });
    }

    private void killOneAfterTheOther() {
        while (!closed) {
            Pod victim = admission.pods().getFirst();
            admission.kill(victim);
            kills.incrementAndGet();
            admission.awaitReplaced(victim);
        }
    }

    /**
     * How many were killed so far.
     *
     * @throws IllegalStateException if it kills no more, with what stopped it as the cause
     */
    int kills() {
        if (end.isCompletedExceptionally()) {
            throw new IllegalStateException("the killing stopped after " + kills, end.exceptionNow());
        }
        return kills.get();
    }

    /** Ends once the last one killed has been replaced; throws what stopped the killing before. */
    @Override
    public void close() {
        closed = true;
        end.join();
    }
}
