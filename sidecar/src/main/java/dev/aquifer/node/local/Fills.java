package dev.aquifer.node.local;

import dev.aquifer.node.cache.Protection;
import dev.aquifer.node.cache.Usage;
import dev.aquifer.node.dataset.DatasetId;
import dev.aquifer.node.dataset.SnapshotId;
import dev.aquifer.node.dataset.SnapshotRoot;
import dev.aquifer.node.fill.Fill;
import dev.aquifer.node.fill.FillEvents;
import dev.aquifer.node.fill.FillOptions;
import dev.aquifer.node.fill.MountPoints;
import dev.aquifer.node.fill.PausedException;
import dev.aquifer.node.fill.Progress;
import dev.aquifer.node.fill.RefusedException;
import dev.aquifer.node.link.RefusalCode;
import dev.aquifer.node.remote.ConnectionLostException;
import dev.aquifer.node.remote.OriginClient;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the fills of all datasets: a few at a time, with room made for each. */
public final class Fills implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Fills.class);
    private static final long WAIT_MILLIS = 200;

    private final LiveDatasets live;
    private final DatasetOrigins origins;
    private final DatasetMountPoints mountPoints;
    private final Room room;
    private final Ledger ledger;
    private final Protection protection;
    private final FillOptions options;
    private final FillEvents events;
    private final InstantSource clock;
    private final FillSlots slots;
    private final Map<DatasetId, FillSlot> running = new ConcurrentHashMap<>();
    private volatile boolean stopping;
    private volatile boolean diskFull;

    public Fills(
            LiveDatasets live,
            DatasetOrigins origins,
            DatasetMountPoints mountPoints,
            Room room,
            Ledger ledger,
            Protection protection,
            FillOptions options,
            FillEvents events,
            InstantSource clock) {
        this.live = live;
        this.origins = origins;
        this.mountPoints = mountPoints;
        this.room = room;
        this.ledger = ledger;
        this.protection = protection;
        this.options = options;
        this.events = events;
        this.clock = clock;
        this.slots = new FillSlots(options.fills(), System::nanoTime);
    }

    /** Lets unused snapshots go while the disk is too full; as long as it still is, fills pause. */
    public void keepDiskFree() throws IOException {
        diskFull = !room.keepDiskFree();
    }

    /** A job that goes on while somebody waits for the dataset. */
    public FillJob awaited(Dataset dataset) {
        return job(dataset, dataset::isAwaited);
    }

    /** A job that goes on as long as the dataset is listed. */
    public FillJob unasked(Dataset dataset) {
        return job(dataset, () -> dataset.isAwaited() || live.find(dataset.id()) != null);
    }

    private FillJob job(Dataset dataset, BooleanSupplier wanted) {
        return new FillJob(dataset, this::fill, origins.of(dataset), clock, () -> !stopping && wanted.getAsBoolean());
    }

    /**
     * Ends what is under way for a fill that is to stop, since its threads may wait for an origin that sends nothing; begins
     * one again that somebody waits for.
     */
    public void tend(Dataset dataset) {
        FillJob job = dataset.job();
        FillSlot slot = running.get(dataset.id());
        if (job != null && (!job.isWanted() || (slot != null && slots.mustYield(slot)))) {
            job.hangUp();
        } else if (job == null
                && dataset.current() == null
                && dataset.refusal() == null
                && dataset.isAwaited()
                && dataset.connection().canFetch()) {
            dataset.ensure(this::awaited);
        }
    }

    private void fill(
            Dataset dataset, SnapshotRoot root, OriginClient origin, Progress progress, BooleanSupplier paused)
            throws IOException {
        FillSlot slot = new FillSlot(dataset.connection().owner(), dataset::isAwaited, progress::doneBytes);
        slots.enter(slot);
        try {
            await(slot, progress, paused);
            running.put(dataset.id(), slot);
            fillNow(dataset, root, origin, progress, () -> slots.mustYield(slot) || paused.getAsBoolean());
        } catch (ConnectionLostException lost) {
            if (slots.mustYield(slot)) {
                throw new PausedException();
            }
            throw lost;
        } finally {
            running.remove(dataset.id(), slot);
            slots.leave(slot);
        }
    }

    private void fillNow(
            Dataset dataset, SnapshotRoot root, OriginClient origin, Progress progress, BooleanSupplier paused)
            throws IOException {
        SnapshotId id = SnapshotId.of(root);
        dataset.leftovers().fillBegins();
        boolean complete = false;
        try {
            requireDisk();
            LOG.info(
                    "event=fill-started dataset={} name={} snapshot={} files={} bytes={}",
                    dataset.id(),
                    dataset.connection().name(),
                    id,
                    root.totals().files(),
                    root.totals().bytes());
            dataset.folder().usage().remove();
            Fill fill = new Fill(
                    dataset.folder(),
                    protection,
                    origin,
                    options,
                    events,
                    progress,
                    () -> diskFull || paused.getAsBoolean());
            DatasetEntry entry = live.find(dataset.id());
            MountPoints points = mountPoints.needed(dataset);
            Long most = entry == null ? null : entry.maxBytes();
            // before any pod asks, only room that is free is taken: two that are prefetched would chase each other out
            boolean mayEvict = dataset.isAwaited() || dataset.current() != null;
            mountPoints.found(dataset, fill.run(root, need -> room.make(dataset.id(), need, most, mayEvict), points));
            discardOthers(dataset);
            complete = true;
        } finally {
            dataset.leftovers().fillEnds();
            if (!complete) {
                // such as the listing of a dataset that is refused
                dataset.leftovers().left();
            }
            // counting takes a while, and pods wait; the promise stands until then
            Thread.ofPlatform().name("count-" + dataset.id()).start(() -> account(dataset));
        }
    }

    /** What upkeep saw is some seconds old: the disk is looked at again before a fill is refused for it. */
    private void requireDisk() throws IOException {
        if (diskFull) {
            keepDiskFree();
            if (diskFull) {
                throw new RefusedException(RefusalCode.RESOURCE_EXHAUSTED, room.tooFull());
            }
        }
    }

    /** What others began is of no more use once a newer one is complete. */
    private void discardOthers(Dataset dataset) throws IOException {
        for (SnapshotId begun : dataset.folder().fillings().list()) {
            dataset.folder().fillings().discard(begun);
            dataset.leftovers().left();
        }
    }

    /** Counts what the dataset takes, and ends the promise of its fill. */
    public void account(Dataset dataset) {
        try {
            Usage used = dataset.folder().count();
            ledger.used(dataset.id(), used);
            ledger.release(dataset.id());
            dataset.folder().usage().write(used);
        } catch (IOException | IllegalStateException failure) {
            // the second: the process ends, and the folder is closed
            LOG.warn("event=count-failed dataset={} error=\"{}\"", dataset.id(), failure.getMessage());
        }
    }

    private void await(FillSlot slot, Progress progress, BooleanSupplier paused) throws PausedException {
        try {
            while (!slots.begins(slot)) {
                progress.phase("waiting for the fills of other datasets");
                if (paused.getAsBoolean()) {
                    throw new PausedException();
                }
                Thread.sleep(WAIT_MILLIS);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new PausedException();
        }
    }

    /** Pauses all fills, for the end of the process. */
    @Override
    public void close() {
        stopping = true;
    }
}
