package dev.aquifer.node.origin.snapshots;

import java.time.Duration;
import java.time.Instant;

/** When to walk a source again. Pure. The file server is what is protected: a walk costs it more than it costs us. */
final class RefreshRule {
    private static final int PAUSE_PER_WALK = 10;

    private RefreshRule() {}

    /**
     * The moment of the next walk, if someone asks.
     *
     * @param refresh the owner's wish: the age from which a listing is old
     * @return at least ten times the walk's time after its end
     */
    static Instant next(Instant begun, Instant ended, Duration refresh) {
        var paused = ended.plus(Duration.between(begun, ended).multipliedBy(PAUSE_PER_WALK));
        var old = begun.plus(refresh);
        return paused.isAfter(old) ? paused : old;
    }
}
