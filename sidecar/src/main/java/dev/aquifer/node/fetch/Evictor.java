package dev.aquifer.node.fetch;

import dev.aquifer.node.cache.EvictionRule;
import dev.aquifer.node.cache.SnapshotState;
import dev.aquifer.node.cache.Usage;
import dev.aquifer.node.dataset.DatasetId;
import dev.aquifer.node.dataset.SnapshotId;
import dev.aquifer.node.link.MountedRoot;
import dev.aquifer.node.linux.Attributes;
import dev.aquifer.node.linux.Fd;
import dev.aquifer.node.linux.LinuxException;
import dev.aquifer.node.linux.Stat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes snapshots that nobody uses. What is in use is read from the node's mounts before each removal, and never
 * remembered; where that cannot be read, nothing is removed.
 */
final class Evictor {
    private static final Logger LOG = LoggerFactory.getLogger(Evictor.class);

    private final Datasets datasets;
    private final Ledger ledger;
    private final MountsInUse mounts;
    private final EvictionEvents events;

    Evictor(Datasets datasets, Ledger ledger, MountsInUse mounts, EvictionEvents events) {
        this.datasets = datasets;
        this.ledger = ledger;
        this.mounts = mounts;
        this.events = events;
    }

    /** Removes the one that was mounted longest ago; false if there is none that may go. */
    boolean evictOne() throws IOException {
        return remove(_ -> true);
    }

    /** Removes one of this dataset; false if there is none that may go. */
    boolean evictOneOf(DatasetId dataset) throws IOException {
        return remove(state -> state.dataset().equals(dataset));
    }

    /** Removes all that are not what new pods get. */
    void removeOld() throws IOException {
        for (Dataset dataset : datasets.all()) {
            if (dataset.folder().snapshots().size() > 1) {
                SnapshotId current = dataset.current();
                while (remove(state -> state.dataset().equals(dataset.id())
                        && current != null
                        && !state.snapshot().equals(current))) {
                    // until none is left
                }
            }
        }
    }

    private synchronized boolean remove(Predicate<SnapshotState> which) throws IOException {
        List<Dataset> all = List.copyOf(datasets.all());
        Map<DatasetId, Long> given = all.stream()
                .collect(Collectors.toMap(Dataset::id, dataset -> dataset.pins().given()));
        Set<MountedRoot> roots = mounts.look();
        List<SnapshotState> states = new ArrayList<>();
        for (Dataset dataset : all) {
            for (SnapshotId snapshot : dataset.folder().snapshots()) {
                states.add(state(dataset, snapshot, roots));
            }
        }
        Set<DatasetId> filling = all.stream()
                .filter(dataset -> dataset.job() != null)
                .map(Dataset::id)
                .collect(Collectors.toSet());
        SnapshotState next = EvictionRule.next(states.stream().filter(which).toList(), filling);
        if (next == null) {
            return false;
        }
        Dataset dataset = datasets.require(next.dataset());
        return dataset.retire(next.snapshot(), given.getOrDefault(next.dataset(), -1L))
                && clean(dataset, next.snapshot());
    }

    private boolean clean(Dataset dataset, SnapshotId snapshot) throws LinuxException {
        dataset.folder().note(null);
        Usage freed = dataset.folder().clean();
        ledger.freed(dataset.id(), freed);
        dataset.folder().note(ledger.used(dataset.id()));
        events.evicted(freed);
        LOG.info(
                "event=snapshot-removed dataset={} snapshot={} bytes={} inodes={}",
                dataset.id(),
                snapshot,
                freed.bytes(),
                freed.inodes());
        return true;
    }

    private static SnapshotState state(Dataset dataset, SnapshotId snapshot, Set<MountedRoot> roots)
            throws LinuxException {
        boolean inUse = dataset.pins().isHeld(snapshot) || isMounted(dataset, snapshot, roots);
        return new SnapshotState(dataset.id(), snapshot, dataset.folder().marked(snapshot), inUse);
    }

    static boolean isMounted(Dataset dataset, SnapshotId snapshot, Set<MountedRoot> roots) throws LinuxException {
        try (Fd tree = dataset.folder().tree(snapshot)) {
            Stat stat = Attributes.stat(tree);
            return roots.contains(
                    new MountedRoot(stat.device().major(), stat.device().minor(), stat.inode()));
        }
    }
}
