package dev.aquifer.node.origin.source;

import dev.aquifer.node.linux.Timespec;
import java.time.Duration;
import java.time.Instant;

/**
 * Whether a file changed so lately that the next change could leave the same time stamps: file systems count in ticks of up
 * to 2 s (the coarsest, FAT's). Such a file is looked at again before its version is trusted.
 */
public final class Freshness {
    public static final Duration COARSEST = Duration.ofSeconds(2);

    private Freshness() {}

    /** Whether one of the times lies within 2 s of this moment, on either side. */
    static boolean isFresh(Timespec modified, Timespec changed, Instant now) {
        return isNear(modified, now) || isNear(changed, now);
    }

    public static boolean isNear(Timespec time, Instant now) {
        long seconds = time.seconds() - now.getEpochSecond();
        if (seconds < -COARSEST.toSeconds() - 1 || seconds > COARSEST.toSeconds() + 1) {
            return false;
        }
        long nanos = seconds * 1_000_000_000 + time.nanos() - now.getNano();
        return Math.abs(nanos) < COARSEST.toNanos();
    }
}
