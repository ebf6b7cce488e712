package dev.aquifer.node.local;

import dev.aquifer.node.cache.Protection;
import dev.aquifer.node.cache.Usage;
import dev.aquifer.node.dataset.SnapshotId;
import dev.aquifer.node.dataset.SnapshotRoot;
import dev.aquifer.node.fill.Fill;
import dev.aquifer.node.fill.FillEvents;
import dev.aquifer.node.fill.FillOptions;
import dev.aquifer.node.fill.MountPoints;
import dev.aquifer.node.fill.PausableWait;
import dev.aquifer.node.fill.PausedException;
import dev.aquifer.node.fill.Progress;
import dev.aquifer.node.fill.RefusedException;
import dev.aquifer.node.link.RefusalCode;
import dev.aquifer.node.remote.OriginClient;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings snapshots into the cache, with room made for each. */
public final class SnapshotFills implements SnapshotFiller {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotFills.class);
    /** Of fillings that a source left behind when it moved on: as long as it does, each has something of the next. */
    private static final int MOST_BESIDE = 2;

    private final LiveDatasets live;
    private final DatasetMountPoints mountPoints;
    private final Room room;
    private final Accounts accounts;
    private final Protection protection;
    private final FillOptions options;
    private final FillEvents events;

    public SnapshotFills(
            LiveDatasets live,
            DatasetMountPoints mountPoints,
            Room room,
            Accounts accounts,
            Protection protection,
            FillOptions options,
            FillEvents events) {
        this.live = live;
        this.mountPoints = mountPoints;
        this.room = room;
        this.accounts = accounts;
        this.protection = protection;
        this.options = options;
        this.events = events;
    }

    @Override
    public void fill(Dataset dataset, SnapshotRoot root, OriginClient origin, Progress progress, BooleanSupplier paused)
            throws IOException {
        SnapshotId id = SnapshotId.of(root);
        awaitAccounts(progress, paused);
        dataset.leftovers().fillBegins();
        boolean complete = false;
        try {
            accounts.fillBegins(dataset);
            requireDisk();
            keepOthers(dataset, id, MOST_BESIDE);
            LOG.info(
                    "event=fill-started dataset={} name={} snapshot={} files={} bytes={}",
                    dataset.id(),
                    dataset.connection().name(),
                    id,
                    root.totals().files(),
                    root.totals().bytes());
            Fill fill = new Fill(
                    dataset.folder(),
                    protection,
                    origin,
                    options,
                    events,
                    progress,
                    () -> room.isTooFull() || paused.getAsBoolean());
            DatasetEntry entry = live.find(dataset.id());
            MountPoints points = mountPoints.needed(dataset);
            Long most = entry == null ? null : entry.maxBytes();
            // before any pod asks, only room that is free is taken: two that are prefetched would chase each other out
            boolean mayEvict = dataset.isAwaited() || dataset.current() != null;
            FillRoom fillRoom = new FillRoom(room, dataset.id(), most, mayEvict, () -> keepOthers(dataset, id, 0));
            mountPoints.found(dataset, fill.run(root, fillRoom, points));
            accounts.allWritten(dataset);
            // what others began is of no more use once a newer one is complete
            keepOthers(dataset, id, 0);
            complete = true;
        } finally {
            dataset.leftovers().fillEnds();
            if (!complete) {
                // such as the listing of a dataset that is refused
                dataset.leftovers().left();
            }
            accounts.fillEnded(dataset);
        }
    }

    /** A crash in a fill has left nothing that says what that dataset takes: it is counted first. */
    private void awaitAccounts(Progress progress, BooleanSupplier paused) throws PausedException {
        PausableWait.until(accounts::areComplete, () -> progress.goingOn("counting what the cache holds"), paused);
    }

    /** What upkeep saw is some seconds old: the disk is looked at again before a fill is refused for it. */
    private void requireDisk() throws IOException {
        if (room.isTooFull()) {
            room.keepDiskFree();
            if (room.isTooFull()) {
                throw new RefusedException(RefusalCode.RESOURCE_EXHAUSTED, room.whyTooFull());
            }
        }
    }

    /** Removes what was begun of others but for so many; says whether there was any. */
    private boolean keepOthers(Dataset dataset, SnapshotId id, int most) throws IOException {
        Usage freed =
                accounts.discard(dataset, () -> dataset.folder().fillings().keepFullest(id, most));
        if (freed.equals(Usage.NONE)) {
            return false;
        }
        dataset.leftovers().left();
        return true;
    }
}
