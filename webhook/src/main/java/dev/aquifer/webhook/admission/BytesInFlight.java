package dev.aquifer.webhook.admission;

import java.util.concurrent.atomic.AtomicLong;

/** How much memory all bodies together may hold at one moment. Never more is reserved than the limit. */
final class BytesInFlight {
    private final long limit;
    private final AtomicLong reserved = new AtomicLong();

    BytesInFlight(long limit) {
        this.limit = limit;
    }

    /** Reserves this many bytes, or nothing at all. */
    boolean reserve(int bytes) {
        if (reserved.addAndGet(bytes) <= limit) {
            return true;
        }
        reserved.addAndGet(-bytes);
        return false;
    }

    void release(int bytes) {
        reserved.addAndGet(-bytes);
    }

    long reserved() {
        return reserved.get();
    }
}
