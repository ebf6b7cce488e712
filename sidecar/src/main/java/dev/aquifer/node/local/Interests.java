package dev.aquifer.node.local;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Who waits for a dataset, by the paths of their mounts. One that is not connected counts for a while longer. */
public final class Interests {
    /** Longer than the two minutes after which kubelet asks again at the latest. */
    static final Duration LINGER = Duration.ofMinutes(5);

    private final InstantSource clock;
    private final Map<String, Instant> until = new ConcurrentHashMap<>();

    Interests(InstantSource clock) {
        this.clock = clock;
    }

    public void connect(String target) {
        until.put(target, Instant.MAX);
    }

    /** Not connected any more: kubelet may be about to ask again. */
    public void linger(String target) {
        until.computeIfPresent(target, (_, _) -> clock.instant().plus(LINGER));
    }

    public void forget(String target) {
        until.remove(target);
    }

    boolean any() {
        Instant now = clock.instant();
        until.values().removeIf(now::isAfter);
        return !until.isEmpty();
    }
}
