package dev.aquifer.node.scrub;

import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/** Slows a thread down to so many bytes a second. */
final class Pace {
    private static final double NANOS = 1e9;

    private final long bytesPerSecond;
    private final LongSupplier nanoTime;
    private long next;

    Pace(long bytesPerSecond, LongSupplier nanoTime) {
        this.bytesPerSecond = bytesPerSecond;
        this.nanoTime = nanoTime;
        this.next = nanoTime.getAsLong();
    }

    /** Waits until these may be read, after those before. */
    void spend(long bytes) {
        long now = nanoTime.getAsLong();
        long wait = next - now;
        next = Math.max(next, now) + (long) (bytes * NANOS / bytesPerSecond);
        if (wait > 0) {
            LockSupport.parkNanos(wait);
        }
    }
}
