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
    /** Before it the file server is left in peace. */
    private Instant rested = Instant.MIN;
    /** How far ahead that was when it was set. */
    private Duration pause = Duration.ZERO;

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
        rested = RefreshRule.next(begun, now, Duration.ZERO);
        var every = refused && refresh.compareTo(REFUSED_REFRESH) > 0 ? REFUSED_REFRESH : refresh;
        set(now, RefreshRule.next(begun, now, every));
    }

    /** A look has found what a walk refuses the source for. */
    void refuse(Instant now) {
        var soon = now.plus(REFUSED_REFRESH);
        var then = soon.isBefore(rested) ? rested : soon;
        if (then.isBefore(next)) {
            set(now, then);
        }
    }

    void fail(Instant begun, Instant now) {
        set(now, RefreshRule.next(begun, now, FAILED_REFRESH));
        asked = true;
    }

    /** What is listed is known to be wrong. */
    void hurry(Instant now) {
        set(now, now.plusSeconds(1));
        asked = true;
    }

    private void set(Instant now, Instant then) {
        next = then;
        pause = Duration.between(now, then);
    }

    /** A clock that was set back delays it by no more than what it had to wait anyway. */
    Instant due(Instant now) {
        if (next.equals(Instant.MIN)) {
            return now;
        }
        if (next.isAfter(now.plus(pause))) {
            next = now.plus(pause);
        }
        var soon = now.plus(UNASKED);
        return asked && next.isBefore(soon) ? next : soon;
    }
}
