package dev.aquifer.node.fill;

import dev.aquifer.node.dataset.Chunks;
import dev.aquifer.node.transfer.ChunkRequest;
import dev.aquifer.node.transfer.ChunksCodec;
import dev.aquifer.node.transfer.Wire;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Gathers chunks into requests, and has them fetched by a few threads. The first failure ends all; memory is bounded by the
 * threads and a short queue, whatever the size of the dataset.
 */
final class ChunkPool implements AutoCloseable {
    private static final int LOOK_MILLIS = 100;
    /**
     * Chunks in one request. A file server may take tens of milliseconds for each, and the answer for one may be a single byte:
     * with more of them, slow ones would come behind {@link Wire#GRACE_SECONDS}, at less than {@link Wire#LEAST_PACE}.
     */
    private static final int MOST_CHUNKS = Wire.MOST_CHUNKS / 4;
    /** Stays below what a request may hold, by its count in the head of the body. */
    private static final int BODY = Wire.LONGEST_REQUEST - 16;

    private final BlockingQueue<List<ChunkTask>> queue;
    private final List<Thread> threads = new ArrayList<>();
    private final BooleanSupplier paused;
    private List<ChunkTask> batch = new ArrayList<>();
    private long batchBytes;
    private long batchLength;
    private volatile boolean finished;
    private volatile @Nullable Throwable failure;

    /**
     * A pool that asks between requests whether it is paused.
     *
     * @param worker made for each thread; asks what it is given whether to end
     */
    ChunkPool(String name, int workers, Function<BooleanSupplier, ChunkWorker> worker, BooleanSupplier paused) {
        this.queue = new ArrayBlockingQueue<>(workers);
        this.paused = paused;
        for (int i = 0; i < workers; i++) {
            threads.add(Thread.ofPlatform().name(name + "-" + i).unstarted(() -> work(worker)));
        }
    }

    /** Has a chunk fetched; waits while there is much to do already. */
    void add(ChunkTask task) throws IOException {
        ChunkRequest request = task.request(false);
        int length = ChunksCodec.length(request);
        if (batch.size() == MOST_CHUNKS
                || batchBytes + request.length() > Wire.MOST_BYTES
                || batchLength + length > BODY) {
            send();
        }
        batch.add(task);
        batchBytes += request.length();
        batchLength += length;
        if (request.length() == Chunks.SIZE && batchBytes + Chunks.SIZE > Wire.MOST_BYTES) {
            send();
        }
    }

    /** Waits until all that was added is there. */
    void finish() throws IOException {
        if (!batch.isEmpty()) {
            send();
        }
        finished = true;
        join();
        check();
    }

    /** Stops the threads; what is under way comes to its end, or to the end of its connection. */
    @Override
    public void close() {
        if (failure == null && !finished) {
            failure = new PausedException();
        }
        join();
    }

    void check() throws IOException {
        switch (failure) {
            case null -> {
                if (paused.getAsBoolean()) {
                    throw new PausedException();
                }
            }
            case IOException reason -> throw reason;
            case Error reason -> throw reason;
            case Throwable reason -> throw new IllegalStateException(reason);
        }
    }

    private void send() throws IOException {
        List<ChunkTask> tasks = batch;
        batch = new ArrayList<>();
        batchBytes = 0;
        batchLength = 0;
        start();
        try {
            do {
                check();
            } while (!queue.offer(tasks, LOOK_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new PausedException();
        }
    }

    /** Not before there is work: what is here may still turn out to be complete. */
    private void start() {
        if (threads.getFirst().getState() == Thread.State.NEW) {
            threads.forEach(Thread::start);
        }
    }

    private void work(Function<BooleanSupplier, ChunkWorker> workers) {
        ChunkWorker.behave();
        try {
            ChunkWorker worker = workers.apply(this::isEnding);
            while (!isEnding()) {
                List<ChunkTask> tasks = queue.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                if (tasks != null) {
                    worker.fetch(tasks);
                } else if (finished) {
                    return;
                }
            }
            // though it may be wanted again by the time that anybody else looks: this thread is gone
            throw new PausedException();
        } catch (IOException | RuntimeException | Error | InterruptedException reason) {
            fail(reason);
        }
    }

    private boolean isEnding() {
        return failure != null || paused.getAsBoolean();
    }

    private synchronized void fail(Throwable reason) {
        if (failure == null) {
            failure = reason;
        }
    }

    private void join() {
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException again) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
