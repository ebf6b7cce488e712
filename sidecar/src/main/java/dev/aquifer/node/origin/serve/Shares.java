package dev.aquifer.node.origin.serve;

import dev.aquifer.node.identity.PeerName;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/** How much each node may have at once of what all share. */
final class Shares {
    private final int most;
    private final Map<PeerName, Semaphore> free = new ConcurrentHashMap<>();

    Shares(int most) {
        this.most = most;
    }

    /** What this node may still have. */
    Semaphore of(PeerName node) {
        return free.computeIfAbsent(node, _ -> new Semaphore(most, true));
    }
}
