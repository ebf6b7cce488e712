package dev.aquifer.node.origin.serve;

import dev.aquifer.node.identity.PeerName;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The memory for what nodes ask for: a request for thousands of files is long, and stays until they are all sent; so does a
 * record of the listing. What finds no room waits in its socket. One node gets a half of it at most, so that others are served
 * however slowly it reads.
 */
public final class RequestRoom {
    /** Of the heap. */
    private static final int PART = 4;

    private static final int UNIT = 1 << 10;

    private final int units;
    private final int share;
    private final Semaphore free;
    private final Shares shares;

    RequestRoom(long bytes) {
        this.units = (int) Math.max(2, Math.min(Integer.MAX_VALUE, bytes / UNIT));
        this.share = units / 2;
        this.free = new Semaphore(units, true);
        this.shares = new Shares(share);
    }

    /** A part of this process's heap. */
    public static RequestRoom ofHeap() {
        return new RequestRoom(Runtime.getRuntime().maxMemory() / PART);
    }

    /** A request's place, until it is answered. */
    interface Place extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Waits for room.
     *
     * @return null if there was none in time
     */
    @Nullable Place enter(PeerName node, int bytes, Duration wait) throws InterruptedException {
        if (bytes == 0) {
            // a fair semaphore would have those that want nothing wait behind the others
            return () -> {};
        }
        int wanted = Math.min(share, (bytes + UNIT - 1) / UNIT);
        Semaphore own = shares.of(node);
        long end = System.nanoTime() + wait.toNanos();
        if (!own.tryAcquire(wanted, wait.toNanos(), TimeUnit.NANOSECONDS)) {
            return null;
        }
        boolean entered = false;
        try {
            entered = free.tryAcquire(wanted, end - System.nanoTime(), TimeUnit.NANOSECONDS);
        } finally {
            if (!entered) {
                own.release(wanted);
            }
        }
        return entered
                ? () -> {
                    free.release(wanted);
                    own.release(wanted);
                }
                : null;
    }
}
