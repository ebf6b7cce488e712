package dev.aquifer.node.csi;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How long a publish asks a process again that is away: while its hold lasts, and no longer than such a process takes to come
 * back. Kubelet would ask again much later, and for all pods of a volume at once.
 */
final class Absence {
    static final Duration LONGEST = Duration.ofSeconds(20);
    /** Between two questions. */
    static final Duration PAUSE = Duration.ofMillis(200);

    private final LongSupplier nanoTime;
    private final long end;
    private long asked;
    private long away;

    Absence(LongSupplier nanoTime, Duration hold) {
        this.nanoTime = nanoTime;
        this.asked = nanoTime.getAsLong();
        this.away = asked;
        this.end = asked + hold.toNanos();
    }

    /** It is asked now: what is left of the hold. */
    Duration ask() {
        asked = nanoTime.getAsLong();
        return Duration.ofNanos(Math.max(0, end - asked));
    }

    /** It was not there, or went away before it answered: whether it is asked again. */
    boolean isBearable() {
        long now = nanoTime.getAsLong();
        if (now - asked > PAUSE.toNanos()) {
            // it was there until now
            away = now;
        }
        return now < end && now - away < LONGEST.toNanos();
    }
}
