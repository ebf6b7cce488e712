package dev.aquifer.node.origin.snapshots;

import java.time.Duration;
import java.time.Instant;

/** When the source is walked: at once the first time, later when a node has asked and the listing is old. */
final class WalkSchedule {
    /** How long a refused source waits for its owner at most, so that what was mended is soon seen. */
    private static final Duration REFUSED_REFRESH = Duration.ofSeconds(30);

    private static final Duration FAILED_REFRESH = Duration.ofSeconds(10);
    private static final Duration UNASKED = Duration.ofHours(1);

    private final Duration refresh;
    private Instant next = Instant.MIN;
    private boolean asked;

    WalkSchedule(Duration refresh) {
        this.refresh = refresh;
    }

    /** A node wants the newest. */
    void ask() {
        asked = true;
    }

    void begin() {
        asked = false;
    }

    void end(Instant begun, Instant now, boolean refused) {
        var every = refused && refresh.compareTo(REFUSED_REFRESH) > 0 ? REFUSED_REFRESH : refresh;
        next = RefreshRule.next(begun, now, every);
    }

    void fail(Instant begun, Instant now) {
        next = RefreshRule.next(begun, now, FAILED_REFRESH);
        asked = true;
    }

    /** What is listed is known to be wrong. */
    void hurry(Instant now) {
        next = now.plusSeconds(1);
        asked = true;
    }

    /** A clock that was set back delays it by no more than an hour. */
    Instant due(Instant now) {
        if (next.equals(Instant.MIN)) {
            return now;
        }
        var soon = now.plus(UNASKED);
        return asked && next.isBefore(soon) ? next : soon;
    }
}
