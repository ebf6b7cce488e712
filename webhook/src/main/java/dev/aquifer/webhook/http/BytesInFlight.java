package dev.aquifer.webhook.http;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How much memory all bodies together may hold at one moment. Never more is reserved than the limit, and the last part of
 * it only for small bodies, so that huge ones keep no usual request waiting.
 */
public final class BytesInFlight {
    private final long limit;
    private final long keptForSmall;
    private final int small;
    private final AtomicLong reserved = new AtomicLong();

    /**
     * Of which nothing is reserved yet.
     *
     * @param limit in bytes
     * @param keptForSmall how much of it is for small bodies alone
     * @param small how long a body is at most that counts as one
     */
    public BytesInFlight(long limit, long keptForSmall, int small) {
        this.limit = limit;
        this.keptForSmall = keptForSmall;
        this.small = small;
    }

    /**
     * Reserves this many bytes, or nothing at all.
     *
     * @param whole what the body that they are for takes with them
     */
    boolean reserve(int bytes, int whole) {
        long most = whole <= small ? limit : limit - keptForSmall;
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

    /** How much is taken now. */
    public long reserved() {
        return reserved.get();
    }
}
