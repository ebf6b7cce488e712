package dev.aquifer.node.local;

import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** A fill that runs, or waits until it may. Guarded by its {@link FillSlots}. */
final class FillSlot {
    private final String owner;
    private final BooleanSupplier awaited;
    private final LongSupplier done;
    private long since;
    private long doneBefore;
    private boolean yields;

    /**
     * A fill that does not run yet.
     *
     * @param owner the namespace of its dataset
     * @param awaited whether a pod waits for it
     * @param done how many bytes it has so far
     */
    FillSlot(String owner, BooleanSupplier awaited, LongSupplier done) {
        this.owner = owner;
        this.awaited = awaited;
        this.done = done;
    }

    String owner() {
        return owner;
    }

    boolean isAwaited() {
        return awaited.getAsBoolean();
    }

    void begin(long now) {
        since = now;
        doneBefore = done.getAsLong();
    }

    /** Whether it had long enough, and brought less than this each second. */
    boolean isSlow(long now, long graceNanos, long bytesPerSecond) {
        long nanos = now - since;
        return nanos > graceNanos && (done.getAsLong() - doneBefore) < nanos / 1e9 * bytesPerSecond;
    }

    /** It is to make room for another. */
    void makeRoom() {
        yields = true;
    }

    boolean yields() {
        return yields;
    }
}
