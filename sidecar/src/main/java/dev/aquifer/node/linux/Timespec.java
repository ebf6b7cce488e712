package dev.aquifer.node.linux;

import org.jspecify.annotations.Nullable;

/**
 * A time of a file, in its whole range of 64-bit seconds.
 *
 * @param seconds since 1970, negative before
 * @param nanos from 0 to 999,999,999
 */
public record Timespec(long seconds, int nanos) implements Comparable<Timespec> {
    public Timespec {
        if (nanos < 0 || nanos > 999_999_999) {
            throw new IllegalArgumentException("expected nanoseconds from 0 to 999999999, found " + nanos);
        }
    }

    @Override
    public int compareTo(Timespec other) {
        int seconds = Long.compare(this.seconds, other.seconds);
        return seconds != 0 ? seconds : Integer.compare(nanos, other.nanos);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Timespec time && seconds == time.seconds && nanos == time.nanos;
    }
}
