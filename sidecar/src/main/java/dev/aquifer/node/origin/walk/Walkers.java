package dev.aquifer.node.origin.walk;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Threads that walk directories beside one another. There is no queue, so memory does not grow with the tree: work that no
 * thread is free for is done by who has it.
 */
public final class Walkers {
    /** Trees are walked by recursion, up to a thousand directories deep. */
    private static final long STACK = 64 << 20;

    private static final int IDLE_SECONDS = 5;

    private final Semaphore free;
    private final ThreadPoolExecutor threads;

    /** @param parallel how many walk at once */
    public Walkers(int parallel) {
        this.free = new Semaphore(parallel);
        this.threads = new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), Walkers::thread);
    }

    /** Runs a walk on a thread of its own and waits for it. */
    Walked run(Callable<@Nullable Walked> walk) throws IOException {
        free.acquireUninterruptibly();
        var task = new FutureTask<@Nullable Walked>(walk);
        start(task);
        return Objects.requireNonNull(result(task));
    }

    /** Begins a walk on a free thread, or returns null if there is none. */
    @Nullable FutureTask<@Nullable Walked> tryFork(Callable<@Nullable Walked> walk) {
        if (!free.tryAcquire()) {
            return null;
        }
        var task = new FutureTask<@Nullable Walked>(walk);
        start(task);
        return task;
    }

    /** Waits for a walk; meanwhile another thread may take this one's place. */
    @Nullable Walked join(FutureTask<@Nullable Walked> task) throws IOException {
        if (task.isDone()) {
            return result(task);
        }
        free.release();
        try {
            return result(task);
        } finally {
            free.acquireUninterruptibly();
        }
    }

    private void start(Runnable task) {
        threads.execute(() -> {
            try {
                task.run();
            } finally {
                free.release();
            }
        });
    }

    private static Thread thread(Runnable work) {
        var thread = new Thread(null, work, "walk", STACK);
        thread.setDaemon(true);
        return thread;
    }

    private static @Nullable Walked result(FutureTask<@Nullable Walked> task) throws IOException {
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException unexpected) {
                throw unexpected;
            }
            throw new IOException("The walk of a directory failed: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (InterruptedIOException) new InterruptedIOException("The walk was interrupted").initCause(e);
        }
    }
}
