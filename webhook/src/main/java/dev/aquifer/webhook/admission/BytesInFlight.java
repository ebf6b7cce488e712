package dev.aquifer.webhook.admission;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How much memory all bodies together may hold at one moment. Never more is reserved than the limit, and the last part of
 * it only for small bodies, so that huge ones keep no usual pod waiting.
 */
final class BytesInFlight {
    private final long limit;
    private final long keptForSmall;
    private final AtomicLong reserved = new AtomicLong();

    BytesInFlight(long limit, long keptForSmall) {
        this.limit = limit;
        this.keptForSmall = keptForSmall;
    }

    /** Reserves this many bytes for a body, or nothing at all. */
    boolean reserve(int bytes, boolean small) {
        long most = small ? limit : limit - keptForSmall;
        while (true) {
            long before = reserved.get();
            if (before + bytes > most) {
                return false;
            }
            // what finds no room must not stand in the sum even for a moment: another would find none then
            if (reserved.compareAndSet(before, before + bytes)) {
                return true;
            }
        }
    }

    void release(int bytes) {
        reserved.addAndGet(-bytes);
    }

    long reserved() {
        return reserved.get();
    }
}
