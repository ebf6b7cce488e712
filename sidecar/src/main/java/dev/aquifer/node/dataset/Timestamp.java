package dev.aquifer.node.dataset;

import org.jspecify.annotations.Nullable;

/** A moment as a file system keeps it: seconds since 1970, which may be negative, and nanoseconds of that second. */
public record Timestamp(long seconds, int nanos) {
    private static final int NANOS_PER_SECOND = 1_000_000_000;

    public Timestamp {
        if (nanos < 0 || nanos >= NANOS_PER_SECOND) {
            throw new InvalidListing("Expected nanoseconds of 0 to 999999999, found %d".formatted(nanos));
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Timestamp time && seconds == time.seconds && nanos == time.nanos;
    }
}
