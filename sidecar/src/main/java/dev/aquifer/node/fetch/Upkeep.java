package dev.aquifer.node.fetch;

import dev.aquifer.node.cache.Usage;
import dev.aquifer.node.dataset.DatasetId;
import dev.aquifer.node.local.Dataset;
import dev.aquifer.node.local.DatasetEntry;
import dev.aquifer.node.local.DatasetList;
import dev.aquifer.node.local.DatasetMountPoints;
import dev.aquifer.node.local.Datasets;
import dev.aquifer.node.local.Evictor;
import dev.aquifer.node.local.Fills;
import dev.aquifer.node.local.Ledger;
import dev.aquifer.node.local.LiveDatasets;
import dev.aquifer.node.local.Prefetch;
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
import org.jspecify.annotations.Nullable;
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
    private final LiveDatasets live;
    private final Datasets datasets;
    private final Fills fills;
    private final DatasetMountPoints mountPoints;
    private final Evictor evictor;
    private final Ledger ledger;
    private final InstantSource clock;
    private final Map<DatasetId, Instant> missingSince = new HashMap<>();
    private final Attempts attempts = new Attempts(Upkeep::failed);

    Upkeep(
            Path listFolder,
            Takeover takeover,
            Prefetch prefetch,
            LiveDatasets live,
            Datasets datasets,
            Fills fills,
            DatasetMountPoints mountPoints,
            Evictor evictor,
            Ledger ledger,
            InstantSource clock) {
        this.listFolder = listFolder;
        this.takeover = takeover;
        this.prefetch = prefetch;
        this.live = live;
        this.datasets = datasets;
        this.fills = fills;
        this.mountPoints = mountPoints;
        this.evictor = evictor;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** Does all of it once. Never throws: it is called again. */
    void run() {
        attempts.run("take-up", takeover::run);
        attempts.run("list", this::followList);
        makeMountPoints();
        attempts.run("remove-dropped", this::removeDropped);
        attempts.run("remove-old", evictor::removeOld);
        for (Dataset dataset : datasets.all()) {
            attempts.run("tend", dataset.id(), () -> fills.tend(dataset));
            attempts.run("sweep", dataset.id(), () -> dataset.leftovers().sweepIfDue());
        }
        attempts.run("disk-space", fills::keepDiskFree);
    }

    private void followList() throws IOException {
        DatasetList now = DatasetList.read(listFolder);
        if (now.entries().isEmpty()) {
            // nothing at all is more likely a mishap than the end of everything
            return;
        }
        live.listed(now);
        for (DatasetEntry entry : now.entries().values()) {
            if (prefetch.isWanted(entry) || datasets.find(entry.id()) != null) {
                attempts.run("follow", entry.id(), () -> follow(entry));
            }
        }
    }

    private void follow(DatasetEntry entry) throws IOException {
        Dataset dataset = datasets.get(entry.id());
        Peer peer = new Peer(entry.origin(), entry.originAddress());
        dataset.connection(dataset.connection().with(entry.sharedVolume(), peer, prefetch.key(entry)));
        prefetch.look(dataset, entry);
    }

    private void makeMountPoints() {
        for (DatasetEntry entry : live.all()) {
            Dataset dataset = datasets.find(entry.id());
            if (dataset != null) {
                attempts.run("mount-points", entry.id(), () -> mountPoints.make(dataset, entry));
            }
        }
    }

    private void removeDropped() throws IOException {
        if (!live.isWhole()) {
            missingSince.clear();
            return;
        }
        missingSince.keySet().removeIf(id -> live.find(id) != null);
        for (Dataset dataset : List.copyOf(datasets.all())) {
            if (live.find(dataset.id()) == null) {
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
            attempts.forget(dataset.id());
            LOG.info("event=dataset-removed dataset={}", dataset.id());
        }
    }

    /**
     * Goes on with removals that a crash cut short, and learns what each dataset takes: from its note, or by counting where
     * that may be wrong. Takes minutes where there is much, so nothing waits for it.
     */
    void takeStock() {
        for (Dataset dataset : List.copyOf(datasets.all())) {
            attempts.run("clean", dataset.id(), () -> dataset.folder().clean());
            attempts.run("count", dataset.id(), () -> {
                Usage noted = dataset.folder().usage().read();
                if (noted != null) {
                    ledger.used(dataset.id(), noted);
                } else {
                    fills.account(dataset);
                }
            });
        }
    }

    private static void failed(String task, @Nullable DatasetId dataset, Exception reason) {
        String about = dataset == null ? "-" : dataset.toString();
        if (reason instanceof IOException) {
            LOG.warn("event=upkeep-failed task={} dataset={} error=\"{}\"", task, about, reason.getMessage());
        } else {
            // a mistake of ours: where, the stack tells
            LOG.warn("event=upkeep-failed task={} dataset={}", task, about, reason);
        }
    }
}
