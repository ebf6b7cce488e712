package dev.aquifer.node.fetch;

import dev.aquifer.node.dataset.SnapshotId;
import dev.aquifer.node.link.MountedRoot;
import dev.aquifer.node.linux.LinuxException;
import dev.aquifer.node.local.Dataset;
import dev.aquifer.node.local.Datasets;
import dev.aquifer.node.local.Evictor;
import dev.aquifer.node.local.MountsInUse;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which snapshots there are, by the first digits of their id, and how many targets show each. */
final class SnapshotMeters {
    /** As in the status, and in the condition of a pod's volume. */
    private static final int DIGITS = 12;

    private final Datasets datasets;
    private final MountsInUse inUse;
    private final MultiGauge mounts;

    SnapshotMeters(MeterRegistry registry, Datasets datasets, MountsInUse inUse) {
        this.datasets = datasets;
        this.inUse = inUse;
        this.mounts = MultiGauge.builder("aquifer.node.snapshot.mounts")
                .description("Targets of pods that show this snapshot; none of them while that is not known")
                .register(registry);
    }

    /** Looks now. Never throws: it looks again. */
    void look() {
        Map<String, Integer> shown = new TreeMap<>();
        try {
            List<MountedRoot> roots = inUse.look();
            for (Dataset dataset : datasets.all()) {
                for (SnapshotId snapshot : dataset.folder().snapshots()) {
                    count(dataset, snapshot, roots, shown);
                }
            }
        } catch (IOException | IllegalStateException notNow) {
            shown.clear();
        }
        mounts.register(
                shown.entrySet().stream()
                        .map(one -> MultiGauge.Row.of(Tags.of("snapshot", one.getKey()), one.getValue()))
                        .toList(),
                true);
    }

    private static void count(
            Dataset dataset, SnapshotId snapshot, List<MountedRoot> roots, Map<String, Integer> shown) {
        try {
            int targets = Collections.frequency(roots, Evictor.root(dataset, snapshot));
            shown.merge(snapshot.hex().substring(0, DIGITS), targets, Integer::sum);
        } catch (LinuxException goneMeanwhile) {
            // the others are not to be hidden by it
        }
    }
}
