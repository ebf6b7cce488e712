package dev.aquifer.node.origin.source;

import dev.aquifer.node.dataset.DatasetPath;
import dev.aquifer.node.linux.Device;
import dev.aquifer.node.linux.Stat;
import dev.aquifer.node.linux.Timespec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether a file changed so lately that the next change could leave the same time stamps: file systems count in ticks of up
 * to 2 s (the coarsest, FAT's). Such a file is looked at again before its version is trusted.
 *
 * <p>A file server stamps by a clock of its own. Its time is at least that of the youngest file that a walk finds, so files
 * that are up to 2 s older than that one are fresh too, wherever the clock is not this kernel's.
 */
public final class Freshness {
    public static final Duration COARSEST = Duration.ofSeconds(2);
    /** By which the clocks of a server and of this node may differ: a day, for some run by the wrong zone. */
    private static final Duration FARTHEST = Duration.ofDays(1);

    private final InstantSource clock;
    private final @Nullable Device stampedHere;
    /** The least age that a file was seen with since {@link #begin}, in nanoseconds by this node's clock; below 0 where the server's is ahead. */
    private final AtomicLong youngest = new AtomicLong();

    /** @param stampedHere the device whose files this kernel's clock stamps; null if there is none */
    public Freshness(InstantSource clock, @Nullable Device stampedHere) {
        this.clock = clock;
        this.stampedHere = stampedHere;
        begin();
    }

    /** Forgets the youngest file: clocks drift, and a stamp may have been wrong. */
    public void begin() {
        youngest.set(FARTHEST.minus(COARSEST).toNanos());
    }

    /** Has the file looked at again if it is fresh, or will be if no younger one is found. */
    void note(Stat stat, Supplier<DatasetPath> path, Findings findings) {
        Instant now = clock.instant();
        if (!stat.device().equals(stampedHere)) {
            long age = age(stat.changed(), now);
            if (age > -FARTHEST.toNanos() && age < youngest.get() + COARSEST.toNanos()) {
                youngest.accumulateAndGet(age, Math::min);
                findings.lookAgain(path.get(), age);
            }
        }
        if (isNear(stat.modified(), now) || isNear(stat.changed(), now)) {
            findings.lookAgain(path.get());
        }
    }

    /** Whether this time lies within 2 s of the present of this node's clock, on either side. */
    public boolean isNear(Timespec time) {
        return isNear(time, clock.instant());
    }

    private static boolean isNear(Timespec time, Instant now) {
        return Math.abs(age(time, now)) < COARSEST.toNanos();
    }

    /** In nanoseconds, cut off far beyond all that is asked for: there are stamps of any time. */
    private static long age(Timespec time, Instant now) {
        long most = 2 * FARTHEST.toSeconds();
        long whole = now.getEpochSecond()
                - Math.clamp(time.seconds(), now.getEpochSecond() - most, now.getEpochSecond() + most);
        return whole * 1_000_000_000 + now.getNano() - time.nanos();
    }
}
