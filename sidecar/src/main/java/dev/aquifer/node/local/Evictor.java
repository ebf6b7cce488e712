package dev.aquifer.node.local;

import dev.aquifer.node.cache.EvictionRule;
import dev.aquifer.node.cache.Removed;
import dev.aquifer.node.cache.SnapshotState;
import dev.aquifer.node.cache.Usage;
import dev.aquifer.node.dataset.DatasetId;
import dev.aquifer.node.dataset.SnapshotId;
import dev.aquifer.node.link.MountedRoot;
import dev.aquifer.node.linux.Fd;
import dev.aquifer.node.linux.LinuxException;
import dev.aquifer.node.linux.Metadata;
import dev.aquifer.node.linux.Stat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes snapshots that nobody uses. What is in use is read from the node's mounts before each removal, and never
 * remembered; where that cannot be read, nothing is removed.
 */
public final class Evictor {
    private static final Logger LOG = LoggerFactory.getLogger(Evictor.class);

    private final Datasets datasets;
    private final Accounts accounts;
    private final MountsInUse mounts;
    private final EvictionEvents events;
    private final Set<Dataset> failing = ConcurrentHashMap.newKeySet();

    public Evictor(Datasets datasets, Accounts accounts, MountsInUse mounts, EvictionEvents events) {
        this.datasets = datasets;
        this.accounts = accounts;
        this.mounts = mounts;
        this.events = events;
    }

    /** Removes what nobody goes on with, else the one that was mounted longest ago; false if there is none that may go. */
    public boolean evictOne() throws IOException {
        return discardAbandoned(_ -> true) || remove(_ -> true, this::filling);
    }

    /** Removes one of this dataset; false if there is none that may go. */
    public boolean evictOneOf(DatasetId id) throws IOException {
        return discardAbandoned(dataset -> dataset.id().equals(id))
                || remove(state -> state.dataset().equals(id), this::filling);
    }

    /** The datasets of which nothing can go now. */
    Set<DatasetId> fixed() throws IOException {
        Set<MountedRoot> roots = Set.copyOf(mounts.look());
        Set<DatasetId> fixed = filling();
        for (Dataset dataset : datasets.all()) {
            if (!dataset.isAbandoned() && states(dataset, roots).stream().allMatch(SnapshotState::inUse)) {
                fixed.add(dataset.id());
            }
        }
        return fixed;
    }

    /**
     * Removes one of a dataset whose next snapshot is about to be filled. What new pods get goes only if no pod uses any of
     * them: beside those that stay it would not be enough.
     */
    boolean evictBefore(DatasetId id) throws IOException {
        Dataset dataset = datasets.require(id);
        SnapshotId kept = isInUse(dataset) ? dataset.current() : null;
        return remove(state -> state.dataset().equals(id) && !state.snapshot().equals(kept), Set::of);
    }

    private boolean isInUse(Dataset dataset) throws IOException {
        Set<MountedRoot> roots = Set.copyOf(mounts.look());
        return states(dataset, roots).stream().anyMatch(SnapshotState::inUse);
    }

    /** Removes all of a dataset that no new pod gets. */
    public void removeOld(Dataset dataset) throws IOException {
        while (hasOld(dataset)
                && remove(
                        state -> state.dataset().equals(dataset.id()) && isOld(dataset, state.snapshot()),
                        this::filling)) {
            // until none is left
        }
    }

    /** Before all mounts are looked at for it. */
    private boolean hasOld(Dataset dataset) throws LinuxException {
        return dataset.folder().snapshots().stream().anyMatch(snapshot -> isOld(dataset, snapshot));
    }

    /** A damaged one is kept as a base of the next; where the origin has no other, it stands in the way of itself. */
    private boolean isOld(Dataset dataset, SnapshotId snapshot) {
        SnapshotId current = dataset.current();
        if (current != null) {
            return !snapshot.equals(current);
        }
        try {
            return snapshot.equals(dataset.contact().news().newest())
                    && dataset.folder().notes().damage(snapshot) != null;
        } catch (LinuxException | IllegalStateException failure) {
            failed(dataset, failure);
            return false;
        }
    }

    /**
     * Never of those being filled: their snapshots are a base, and one that is about to be what new pods get is among them.
     *
     * @param which asked after it
     * @param filling asked once nothing else is being removed, which may take minutes
     */
    private synchronized boolean remove(Predicate<SnapshotState> which, Supplier<Set<DatasetId>> filling)
            throws IOException {
        Map<DatasetId, Seen> all = datasets.all().stream().collect(Collectors.toMap(Dataset::id, Seen::of));
        Set<MountedRoot> roots = Set.copyOf(mounts.look());
        List<SnapshotState> states = new ArrayList<>();
        for (Seen seen : all.values()) {
            states.addAll(states(seen.dataset(), roots));
        }
        Set<DatasetId> left = new HashSet<>(filling.get());
        List<SnapshotState> candidates = states.stream().filter(which).toList();
        while (true) {
            SnapshotState next = EvictionRule.next(candidates, left);
            if (next == null) {
                return false;
            }
            Seen seen = Objects.requireNonNull(all.get(next.dataset()));
            try {
                if (remove(seen, next.snapshot())) {
                    return true;
                }
                // a pod was given it meanwhile, or has mounted it
                left.add(next.dataset());
            } catch (LinuxException | IllegalStateException failure) {
                failed(seen.dataset(), failure);
                left.add(next.dataset());
            }
        }
    }

    /**
     * A dataset, taken before a look at the mounts.
     *
     * @param changes of its pins by then
     */
    private record Seen(Dataset dataset, long changes) {
        static Seen of(Dataset dataset) {
            return new Seen(dataset, dataset.pins().changes());
        }
    }

    /** Such a dataset keeps no other from being let go; said once, and not of one whose folder was closed since it is gone. */
    private void failed(Dataset dataset, Exception failure) {
        failing.removeIf(known -> datasets.find(known.id()) != known);
        if (datasets.find(dataset.id()) == dataset && failing.add(dataset)) {
            LOG.warn("event=eviction-failed dataset={} error=\"{}\"", dataset.id(), failure.getMessage());
        }
    }

    private Set<DatasetId> filling() {
        return datasets.all().stream()
                .filter(dataset -> dataset.job() != null)
                .map(Dataset::id)
                .collect(Collectors.toSet());
    }

    /** Of fills that ended for good: each holds what it fetched, and no pod ever sees it. */
    private synchronized boolean discardAbandoned(Predicate<Dataset> which) {
        for (Dataset dataset : datasets.all()) {
            try {
                if (which.test(dataset) && dataset.isAbandoned() && discardBegun(dataset)) {
                    return true;
                }
            } catch (LinuxException | IllegalStateException failure) {
                failed(dataset, failure);
            }
        }
        return false;
    }

    private boolean discardBegun(Dataset dataset) throws LinuxException {
        if (dataset.leftovers().begun().isEmpty()) {
            return false;
        }
        Usage freed = freed(dataset, dataset.leftovers()::discardBegun);
        if (freed.equals(Usage.NONE)) {
            return false;
        }
        events.evicted(freed);
        LOG.info("event=filling-removed dataset={} bytes={} inodes={}", dataset.id(), freed.bytes(), freed.inodes());
        return true;
    }

    /** Out of sight and removed, within one removal: a count that met the move would have it nowhere. */
    private boolean remove(Seen seen, SnapshotId snapshot) throws LinuxException {
        Dataset dataset = seen.dataset();
        Usage freed = freed(dataset, () -> {
            String away = dataset.retire(snapshot, seen.changes());
            return away == null ? Removed.NOTHING : dataset.folder().clean(away);
        });
        if (dataset.folder().isComplete(snapshot)) {
            return false;
        }
        events.evicted(freed);
        LOG.info(
                "event=snapshot-removed dataset={} snapshot={} bytes={} inodes={}",
                dataset.id(),
                snapshot,
                freed.bytes(),
                freed.inodes());
        return true;
    }

    /** What is left where something stands in the way is tried again later; what is gone may be enough. */
    private Usage freed(Dataset dataset, Removal removal) throws LinuxException {
        Removed removed = accounts.remove(dataset, removal);
        if (removed.failure() != null) {
            failed(dataset, removed.failure());
        }
        return removed.freed();
    }

    /** Of all snapshots of a dataset; none where its folder cannot be read, for then nothing of it may go. */
    private List<SnapshotState> states(Dataset dataset, Set<MountedRoot> roots) {
        try {
            List<SnapshotState> states = new ArrayList<>();
            for (SnapshotId snapshot : dataset.folder().snapshots()) {
                boolean inUse = dataset.pins().isHeld(snapshot) || roots.contains(root(dataset, snapshot));
                states.add(new SnapshotState(
                        dataset.id(), snapshot, dataset.folder().notes().marked(snapshot), inUse));
            }
            return states;
        } catch (LinuxException | IllegalStateException failure) {
            failed(dataset, failure);
            return List.of();
        }
    }

    /** What a mount of this snapshot shows. */
    public static MountedRoot root(Dataset dataset, SnapshotId snapshot) throws LinuxException {
        try (Fd tree = dataset.folder().tree(snapshot)) {
            Stat stat = Metadata.stat(tree);
            return new MountedRoot(stat.device().major(), stat.device().minor(), stat.inode());
        }
    }
}
