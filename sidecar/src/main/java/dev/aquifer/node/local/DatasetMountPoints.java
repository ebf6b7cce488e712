package dev.aquifer.node.local;

import dev.aquifer.node.cache.Protection;
import dev.aquifer.node.dataset.DatasetId;
import dev.aquifer.node.dataset.DatasetPath;
import dev.aquifer.node.dataset.SnapshotId;
import dev.aquifer.node.fill.MountPoints;
import dev.aquifer.node.linux.Fd;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** Which mount points each dataset needs, which of its snapshots have them, and which cannot be had. */
public final class DatasetMountPoints {
    private final LiveDatasets live;
    private final Protection protection;
    private final Map<DatasetId, Map<SnapshotId, List<DatasetPath>>> made = new HashMap<>();
    private final Map<DatasetId, List<DatasetPath>> inTheWay = new ConcurrentHashMap<>();

    public DatasetMountPoints(LiveDatasets live, Protection protection) {
        this.live = live;
        this.protection = protection;
    }

    /** Mount points that a source has something else at, in the dataset's newest fill. */
    public List<DatasetPath> inTheWay(DatasetId dataset) {
        return inTheWay.getOrDefault(dataset, List.of());
    }

    /** Makes those that are listed now in all complete snapshots that were not given them before. For one thread. */
    public void make(Dataset dataset, DatasetEntry entry) throws IOException {
        List<SnapshotId> snapshots = dataset.folder().snapshots();
        Map<SnapshotId, List<DatasetPath>> given = made.computeIfAbsent(dataset.id(), _ -> new HashMap<>());
        given.keySet().retainAll(snapshots);
        for (SnapshotId snapshot : snapshots) {
            if (!entry.mountPoints().equals(given.get(snapshot))) {
                try (Fd tree = dataset.folder().tree(snapshot)) {
                    List<DatasetPath> found = needed(dataset).make(tree);
                    if (snapshot.equals(dataset.current())) {
                        found(dataset, found);
                    }
                }
                given.put(snapshot, entry.mountPoints());
            }
        }
    }

    /** Forgets all other datasets. For the same thread. */
    public void keepOnly(Predicate<DatasetId> which) {
        made.keySet().removeIf(which.negate());
        inTheWay.keySet().removeIf(which.negate());
    }

    /** Those that a snapshot of the dataset is to have. */
    MountPoints needed(Dataset dataset) {
        DatasetEntry entry = live.find(dataset.id());
        // kubelet brings the list of a new dataset later than its first pod
        Set<DatasetPath> points = new LinkedHashSet<>(dataset.contact().news().mountPoints());
        points.addAll(entry == null ? List.of() : entry.mountPoints());
        return new MountPoints(List.copyOf(points), protection);
    }

    /** These were found to be in the way. */
    void found(Dataset dataset, List<DatasetPath> paths) {
        inTheWay.put(dataset.id(), paths);
    }
}
