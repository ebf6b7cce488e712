package dev.aquifer.node.local;

import dev.aquifer.node.dataset.SnapshotId;
import java.util.HashMap;
import java.util.Map;

/**
 * Snapshots that were promised to somebody who is about to mount them. What is mounted already shows in the mounts of the
 * node, and nowhere here.
 */
public final class Pins {
    private final Map<SnapshotId, Integer> held = new HashMap<>();
    private long given;

    synchronized void hold(SnapshotId snapshot) {
        held.merge(snapshot, 1, Integer::sum);
        given++;
    }

    public synchronized void release(SnapshotId snapshot) {
        held.computeIfPresent(snapshot, (_, count) -> count == 1 ? null : count - 1);
    }

    /** How many were ever given: if it is the same, nobody can have mounted in between. */
    synchronized long given() {
        return given;
    }

    synchronized boolean isHeld(SnapshotId snapshot) {
        return held.containsKey(snapshot);
    }
}
