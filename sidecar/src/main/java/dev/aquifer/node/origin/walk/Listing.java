package dev.aquifer.node.origin.walk;

import dev.aquifer.node.dataset.DatasetPath;
import dev.aquifer.node.dataset.SnapshotId;
import dev.aquifer.node.dataset.SnapshotRoot;
import dev.aquifer.node.transfer.LeftOut;
import dev.aquifer.node.transfer.LeftOutReason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A snapshot whose records are in the store.
 *
 * @param takenAt when the walk began that it comes from
 * @param walkedPast what the walk left out
 * @param dropped what was left out in later looks at single paths
 * @param changing listed files that were never seen at rest
 */
public record Listing(
        SnapshotId id,
        SnapshotRoot root,
        Instant takenAt,
        List<LeftOut> walkedPast,
        Map<DatasetPath, LeftOutReason> dropped,
        Set<DatasetPath> changing) {
    public Listing {
        walkedPast = List.copyOf(walkedPast);
        dropped = Map.copyOf(dropped);
        changing = Set.copyOf(changing);
    }

    static Listing walked(SnapshotRoot root, Instant takenAt, List<LeftOut> leftOut) {
        return new Listing(SnapshotId.of(root), root, takenAt, leftOut, Map.of(), Set.of());
    }

    /** The listing that follows this one after a look at these paths. */
    Listing followedBy(SnapshotRoot next, Set<DatasetPath> looked, Map<DatasetPath, LeftOutReason> leftOut) {
        var still = new HashMap<>(dropped);
        looked.forEach(still::remove);
        still.putAll(leftOut);
        var changes = new ArrayList<>(changing);
        changes.removeAll(looked);
        return new Listing(SnapshotId.of(next), next, takenAt, walkedPast, still, Set.copyOf(changes));
    }

    Listing withChanging(Set<DatasetPath> more) {
        var all = new ArrayList<>(changing);
        all.addAll(more);
        return new Listing(id, root, takenAt, walkedPast, dropped, Set.copyOf(all));
    }

    /** All that is in the source and not in here, by reason. */
    public List<LeftOut> leftOut() {
        var all = new ArrayList<LeftOut>();
        for (var reason : LeftOutReason.values()) {
            long count = 0;
            var examples = new ArrayList<DatasetPath>();
            for (var each : walkedPast) {
                if (each.reason() == reason) {
                    count += each.count();
                    examples.addAll(each.examples());
                }
            }
            for (var each : dropped.entrySet()) {
                if (each.getValue() == reason && !examples.contains(each.getKey())) {
                    count++;
                    examples.add(each.getKey());
                }
            }
            if (count > 0) {
                var few = examples.subList(0, Math.min(LeftOut.MOST_EXAMPLES, examples.size()));
                all.add(new LeftOut(reason, count, few));
            }
        }
        return all;
    }
}
