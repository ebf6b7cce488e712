package dev.aquifer.node.fetch;

import dev.aquifer.node.cache.Usage;
import dev.aquifer.node.dataset.DatasetId;
import dev.aquifer.node.dataset.DatasetPath;
import dev.aquifer.node.dataset.SnapshotId;
import dev.aquifer.node.linux.Fd;
import dev.aquifer.node.local.Dataset;
import dev.aquifer.node.local.DatasetEntry;
import dev.aquifer.node.local.DatasetList;
import dev.aquifer.node.local.Datasets;
import dev.aquifer.node.local.Evictor;
import dev.aquifer.node.local.Fills;
import dev.aquifer.node.local.Ledger;
import dev.aquifer.node.local.Prefetch;
import dev.aquifer.node.local.Room;
import dev.aquifer.node.local.Takeover;
import dev.aquifer.node.remote.Peer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done without being asked, every few seconds: follow the list of live datasets, prefetch, make mount points, let old
 * snapshots and dropped datasets go, tend the fills, and keep the disk free.
 */
final class Upkeep {
    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
    /** A dataset that is not listed for so long is not coming back. */
    private static final Duration DROPPED_AFTER = Duration.ofMinutes(10);

    private final Path listFolder;
    private final Takeover takeover;
    private final Prefetch prefetch;
    private final Datasets datasets;
    private final Fills fills;
    private final Room room;
    private final Evictor evictor;
    private final Ledger ledger;
    private final InstantSource clock;
    private final Map<DatasetId, Instant> missingSince = new HashMap<>();
    private final Map<String, List<DatasetPath>> mountPointsMade = new HashMap<>();
    private final Attempts attempts =
            new Attempts((task, error) -> LOG.warn("event=upkeep-failed task={} error=\"{}\"", task, error));
    private Map<DatasetId, DatasetEntry> listed = Map.of();

    Upkeep(
            Path listFolder,
            Takeover takeover,
            Prefetch prefetch,
            Datasets datasets,
            Fills fills,
            Room room,
            Evictor evictor,
            Ledger ledger,
            InstantSource clock) {
        this.listFolder = listFolder;
        this.takeover = takeover;
        this.prefetch = prefetch;
        this.datasets = datasets;
        this.fills = fills;
        this.room = room;
        this.evictor = evictor;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** Does all of it once. Never throws: it is called again. */
    void run() {
        attempts.run("take-up", takeover::run);
        attempts.run("list", this::followList);
        attempts.run("mount-points", this::makeMountPoints);
        attempts.run("remove-dropped", this::removeDropped);
        attempts.run("remove-old", evictor::removeOld);
        datasets.all().forEach(fills::tend);
        datasets.all().forEach(dataset -> dataset.leftovers().sweepIfDue());
        attempts.run("disk-space", () -> fills.diskFull(!room.keepDiskFree()));
    }

    private void followList() throws IOException {
        Map<DatasetId, DatasetEntry> now = DatasetList.read(listFolder);
        if (now.isEmpty()) {
            // nothing at all is more likely a mishap than the end of everything
            return;
        }
        listed = now;
        fills.listed(now);
        for (DatasetEntry entry : now.values()) {
            if (prefetch.isWanted(entry) || datasets.find(entry.id()) != null) {
                follow(datasets.get(entry.id()), entry);
            }
        }
    }

    private void follow(Dataset dataset, DatasetEntry entry) throws IOException {
        Peer peer = new Peer(entry.origin(), entry.originAddress());
        dataset.connection(dataset.connection().with(entry.sharedVolume(), peer, prefetch.key(entry)));
        prefetch.look(dataset, entry);
    }

    private void makeMountPoints() throws IOException {
        for (DatasetEntry entry : listed.values()) {
            Dataset dataset = datasets.find(entry.id());
            if (dataset == null) {
                continue;
            }
            for (SnapshotId snapshot : dataset.folder().snapshots()) {
                // two datasets of one source have snapshots of the same id
                String directory = dataset.folder().directory(snapshot);
                if (!entry.mountPoints().equals(mountPointsMade.get(directory))) {
                    try (Fd tree = dataset.folder().tree(snapshot)) {
                        fills.makeMountPoints(dataset, tree);
                    }
                    mountPointsMade.put(directory, entry.mountPoints());
                }
            }
        }
    }

    private void removeDropped() throws IOException {
        if (listed.isEmpty()) {
            return;
        }
        missingSince.keySet().removeAll(listed.keySet());
        for (Dataset dataset : List.copyOf(datasets.all())) {
            if (!listed.containsKey(dataset.id())) {
                Instant since = missingSince.computeIfAbsent(dataset.id(), _ -> clock.instant());
                if (!clock.instant().isBefore(since.plus(DROPPED_AFTER))) {
                    remove(dataset);
                }
            }
        }
    }

    private void remove(Dataset dataset) throws IOException {
        while (evictor.evictOneOf(dataset.id())) {
            // until what is left is in use
        }
        if (dataset.job() == null
                && !dataset.isAwaited()
                && dataset.folder().snapshots().isEmpty()) {
            datasets.remove(dataset);
            ledger.forget(dataset.id());
            missingSince.remove(dataset.id());
            LOG.info("event=dataset-removed dataset={}", dataset.id());
        }
    }

    /**
     * Goes on with removals that a crash cut short, and learns what each dataset takes: from its note, or by counting where
     * that may be wrong. Takes minutes where there is much, so nothing waits for it.
     */
    void takeStock() {
        for (Dataset dataset : List.copyOf(datasets.all())) {
            attempts.run("clean-" + dataset.id(), () -> dataset.folder().clean());
            attempts.run("count-" + dataset.id(), () -> {
                Usage noted = dataset.folder().usage().read();
                if (noted != null) {
                    ledger.used(dataset.id(), noted);
                } else {
                    fills.account(dataset);
                }
            });
        }
    }
}
