package dev.aquifer.node.origin.serve;

import java.time.Duration;

/** An upper bound on the bytes per second of all senders together; each waits before it sends, in the order they came. */
public final class BandwidthLimit {
    /** What may be sent at once after a quiet time, in nanoseconds of the bandwidth. */
    private static final long BURST = Duration.ofMillis(100).toNanos();

    private final long bytesPerSecond;
    private long freeAt = System.nanoTime();

    /** @param bytesPerSecond 0 for no bound */
    public BandwidthLimit(long bytesPerSecond) {
        this.bytesPerSecond = bytesPerSecond;
    }

    /** Waits until these bytes may be sent. */
    void await(int bytes) throws InterruptedException {
        if (bytesPerSecond == 0) {
            return;
        }
        long wait = reserve(bytes, System.nanoTime());
        if (wait > 0) {
            Thread.sleep(Duration.ofNanos(wait));
        }
    }

    /** Nanoseconds to wait before these bytes may be sent. */
    synchronized long reserve(int bytes, long now) {
        long start = Math.max(freeAt, now - BURST);
        freeAt = start + (long) (bytes * 1e9 / bytesPerSecond);
        return start - now;
    }
}
