package dev.aquifer.node.scrub;

import dev.aquifer.node.dataset.DatasetId;
import dev.aquifer.node.dataset.SnapshotId;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The snapshots whose last scrub did not come to its end, and the rotten files that are not mended yet. */
final class Unfinished {
    /** A snapshot of a dataset: two datasets may have the same one. */
    record Key(DatasetId dataset, SnapshotId snapshot) {}

    private final Map<Key, String> reasons = new HashMap<>();
    private final Map<Key, Integer> rotten = new HashMap<>();

    /** Those that did not come to their end. */
    Set<Key> keys() {
        return Set.copyOf(reasons.keySet());
    }

    /** A scrub came to its end. */
    void ended(Key key) {
        reasons.remove(key);
    }

    /**
     * A scrub did not.
     *
     * @return whether it ended otherwise before, or for another reason
     */
    boolean failed(Key key, String reason) {
        return !reason.equals(reasons.put(key, reason));
    }

    /** So many files of it are left. */
    void left(Key key, int files) {
        rotten.put(key, files);
    }

    /** Files of all snapshots. */
    long left() {
        return rotten.values().stream().mapToLong(Integer::longValue).sum();
    }

    /** Forgets all others: they are gone. */
    void retain(Set<Key> there) {
        reasons.keySet().retainAll(there);
        rotten.keySet().retainAll(there);
    }
}
