package dev.aquifer.node.fill;

import dev.aquifer.node.linux.Fd;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Finishes files beside those who write them: each waits for the disk, and many that wait together cost hardly more than one.
 * What waits is bounded; the first failure is kept.
 */
final class Finishes implements AutoCloseable {
    private static final int THREADS = 16;
    private static final int MOST = 256;

    private final ExecutorService threads = Executors.newFixedThreadPool(
            THREADS,
            work -> Thread.ofPlatform().name("finish").unstarted(() -> {
                // it is they who wait for the disk
                ChunkWorker.behave();
                work.run();
            }));
    private final Semaphore room = new Semaphore(MOST);
    private volatile @Nullable Throwable failure;

    /** One file's end. */
    @FunctionalInterface
    interface Finish {
        void run() throws IOException;
    }

    /** Has it done soon; waits while too many wait already. */
    void submit(Finish finish) throws IOException {
        check();
        room.acquireUninterruptibly();
        threads.execute(() -> {
            try {
                finish.run();
            } catch (IOException | Error reason) {
                failure = reason;
            } catch (RuntimeException reason) {
                failure = new IOException("a file could not be finished", reason);
            } finally {
                room.release();
            }
        });
    }

    /** The same with a file that is open for it, and is closed whether or not it is done. */
    void submit(Fd file, Finish finish) throws IOException {
        boolean taken = false;
        try {
            submit(() -> {
                try (file) {
                    finish.run();
                }
            });
            taken = true;
        } finally {
            if (!taken) {
                file.close();
            }
        }
    }

    /** Waits for all. */
    void drain() throws IOException {
        room.acquireUninterruptibly(MOST);
        room.release(MOST);
        check();
    }

    /** Ends once all are done. */
    @Override
    public void close() {
        threads.close();
    }

    private void check() throws IOException {
        switch (failure) {
            case null -> {
                // all is well so far
            }
            case IOException reason -> throw reason;
            case Error reason -> throw reason;
            case Throwable reason -> throw new IllegalStateException(reason);
        }
    }
}
