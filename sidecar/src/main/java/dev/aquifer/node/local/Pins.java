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
    private long changes;

    synchronized void hold(SnapshotId snapshot) {
        held.merge(snapshot, 1, Integer::sum);
        changes++;
    }

    public synchronized void release(SnapshotId snapshot) {
        held.computeIfPresent(snapshot, (_, count) -> count == 1 ? null : count - 1);
        changes++;
    }

    /**
     * How often one was given or came back. If it is the same before a look at the mounts and after it, all who have mounted
     * and hold nothing any more had mounted before that look.
     */
    synchronized long changes() {
        return changes;
    }

    synchronized boolean isHeld(SnapshotId snapshot) {
        return held.containsKey(snapshot);
    }
}
