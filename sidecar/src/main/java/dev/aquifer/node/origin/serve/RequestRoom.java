package dev.aquifer.node.origin.serve;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The memory for what nodes ask for: a request for thousands of files is long, and stays until they are all sent. What finds no
 * room waits in its socket.
 */
public final class RequestRoom {
    /** Of the heap. */
    private static final int PART = 4;

    private static final int UNIT = 1 << 10;

    private final int units;
    private final Semaphore free;

    RequestRoom(long bytes) {
        this.units = (int) Math.max(1, Math.min(Integer.MAX_VALUE, bytes / UNIT));
        this.free = new Semaphore(units, true);
    }

    /** A part of this process's heap. */
    public static RequestRoom ofHeap() {
        return new RequestRoom(Runtime.getRuntime().maxMemory() / PART);
    }

    /**
     * Waits for room.
     *
     * @return whether there is; if so, {@link #leave} it
     */
    boolean enter(int bytes, Duration wait) throws InterruptedException {
        // a fair semaphore would have those that want nothing wait behind the others
        return bytes == 0 || free.tryAcquire(units(bytes), wait.toNanos(), TimeUnit.NANOSECONDS);
    }

    void leave(int bytes) {
        free.release(units(bytes));
    }

    private int units(int bytes) {
        return Math.min(units, (bytes + UNIT - 1) / UNIT);
    }
}
