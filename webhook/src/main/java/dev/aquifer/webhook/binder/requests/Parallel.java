package dev.aquifer.webhook.binder.requests;

import java.util.Collection;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Many requests side by side, but never more of them than an API server has patience for. */
public final class Parallel {
    private final Semaphore permits;

    public Parallel(int atOnce) {
        permits = new Semaphore(atOnce);
    }

    /** Returns when all is done; what one of them threw is thrown then. */
    public <T> void each(Collection<T> all, Consumer<T> work) {
        AtomicReference<@Nullable RuntimeException> thrown = new AtomicReference<>();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (T one : all) {
                executor.execute(() -> limited(one, work, thrown));
            }
        }
        RuntimeException first = thrown.get();
        if (first != null) {
            throw first;
        }
    }

    private <T> void limited(T one, Consumer<T> work, AtomicReference<@Nullable RuntimeException> thrown) {
        permits.acquireUninterruptibly();
        try {
            work.accept(one);
        } catch (RuntimeException e) {
            thrown.compareAndSet(null, e);
        } catch (Error e) {
            thrown.compareAndSet(null, new IllegalStateException("work ended with " + e, e));
        } finally {
            permits.release();
        }
    }
}
