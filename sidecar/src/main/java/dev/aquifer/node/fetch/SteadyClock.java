package dev.aquifer.node.fetch;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * Goes on evenly from the time of day at its start, whatever is done to the machine's clock since: what must be waited for
 * takes neither less nor more.
 */
final class SteadyClock implements InstantSource {
    private final LongSupplier nanos;
    private final Instant start;
    private final long startNanos;

    /** @param nanos as {@link System#nanoTime} */
    SteadyClock(InstantSource timeOfDay, LongSupplier nanos) {
        this.nanos = nanos;
        this.start = timeOfDay.instant();
        this.startNanos = nanos.getAsLong();
    }

    @Override
    public Instant instant() {
        return start.plusNanos(nanos.getAsLong() - startNanos);
    }
}
