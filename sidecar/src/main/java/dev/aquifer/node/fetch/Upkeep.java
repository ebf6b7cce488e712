package dev.aquifer.node.fetch;

import dev.aquifer.node.dataset.DatasetId;
import dev.aquifer.node.local.Accounts;
import dev.aquifer.node.local.Dataset;
import dev.aquifer.node.local.DatasetEntry;
import dev.aquifer.node.local.DatasetList;
import dev.aquifer.node.local.DatasetMountPoints;
import dev.aquifer.node.local.Datasets;
import dev.aquifer.node.local.Evictor;
import dev.aquifer.node.local.Fills;
import dev.aquifer.node.local.LiveDatasets;
import dev.aquifer.node.local.Prefetch;
import dev.aquifer.node.local.Room;
import dev.aquifer.node.local.Takeover;
import dev.aquifer.node.remote.Peer;
import dev.aquifer.node.transfer.DatasetKey;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done without being asked, every few seconds: follow the list of live datasets, prefetch, make mount points, let old
 * snapshots and dropped datasets go, tend the fills, and look whether the disk is full.
 */
final class Upkeep {
    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);

    private final Path listFolder;
    private final Takeover takeover;
    private final Prefetch prefetch;
    private final LiveDatasets live;
    private final Datasets datasets;
    private final Fills fills;
    private final DatasetMountPoints mountPoints;
    private final Room room;
    private final Accounts accounts;
    private final Removals removals;
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
            Room room,
            Accounts accounts,
            InstantSource clock) {
        this.listFolder = listFolder;
        this.takeover = takeover;
        this.prefetch = prefetch;
        this.live = live;
        this.datasets = datasets;
        this.fills = fills;
        this.mountPoints = mountPoints;
        this.room = room;
        this.accounts = accounts;
        this.removals = new Removals(datasets, live, evictor, room, accounts, attempts, clock);
    }

    /** Does all of it once. Never throws: it is called again. */
    void run() {
        attempts.run("take-up", takeover::run);
        attempts.run("list", this::followList);
        makeMountPoints();
        removals.begin();
        for (Dataset dataset : datasets.all()) {
            attempts.run("tend", dataset.id(), () -> fills.tend(dataset));
            attempts.run("sweep", dataset.id(), () -> dataset.leftovers().sweepIfDue());
        }
        attempts.run("disk-space", room::look);
    }

    private void followList() throws IOException {
        DatasetList now = DatasetList.read(listFolder);
        if (now.entries().isEmpty()) {
            // nothing at all is more likely a mishap than the end of everything
            return;
        }
        live.listed(now);
        for (DatasetEntry entry : now.entries().values()) {
            if (entry.namesOrigin() && (prefetch.isWanted(entry) || datasets.find(entry.id()) != null)) {
                attempts.run("follow", entry.id(), () -> follow(entry));
            }
        }
    }

    private void follow(DatasetEntry entry) throws IOException {
        Dataset dataset = datasets.get(entry.id());
        Peer peer = new Peer(entry.origin(), entry.originAddress());
        DatasetKey key = prefetch.key(entry);
        dataset.connect(before -> before.with(entry.sharedVolume(), peer, key));
        prefetch.look(dataset, entry);
    }

    private void makeMountPoints() {
        mountPoints.keepOnly(id -> datasets.find(id) != null);
        for (DatasetEntry entry : live.all()) {
            Dataset dataset = datasets.find(entry.id());
            if (dataset != null) {
                attempts.run("mount-points", entry.id(), () -> mountPoints.make(dataset, entry));
            }
        }
    }

    /**
     * Learns what each dataset takes, from its note or by counting where that may be wrong, and goes on with removals that a
     * crash cut short. Takes minutes where there is much; new fills wait for the first, for there may be less room than it seems.
     */
    void takeStock() {
        List<Dataset> all = List.copyOf(datasets.all());
        all.forEach(dataset -> attempts.run("count", dataset.id(), () -> accounts.learn(dataset)));
        accounts.complete();
        all.forEach(dataset -> attempts.run("clean", dataset.id(), () -> accounts.goOnRemoving(dataset)));
        attempts.run("remove-forgotten", datasets::removeForgotten);
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
