package dev.aquifer.node.scrub;

import dev.aquifer.node.cache.Protection;
import dev.aquifer.node.cache.ProtectionSweep;
import dev.aquifer.node.cache.RecordStore;
import dev.aquifer.node.dataset.SnapshotId;
import dev.aquifer.node.fill.ChunkWorker;
import dev.aquifer.node.fill.ListingFetch;
import dev.aquifer.node.local.Dataset;
import dev.aquifer.node.local.DatasetOrigins;
import dev.aquifer.node.local.Datasets;
import dev.aquifer.node.remote.OriginClient;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads all complete snapshots again, for ever, at a limited rate in the idle class, and has what has rotted mended. Before
 * that, and at the start in any case, it sets the flags that a crash has left away.
 */
public final class Scrub implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Scrub.class);
    private static final long REST_NANOS = TimeUnit.MINUTES.toNanos(10);
    /** After what could not be mended: the origin may come back, or a pod bring its key. */
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Datasets datasets;
    private final DatasetOrigins origins;
    private final Protection protection;
    private final long bytesPerSecond;
    private final ScrubEvents events;
    private final Thread thread = Thread.ofPlatform().name("scrub").daemon().unstarted(this::run);
    private volatile boolean closed;

    public Scrub(
            Datasets datasets, DatasetOrigins origins, Protection protection, long bytesPerSecond, ScrubEvents events) {
        this.datasets = datasets;
        this.origins = origins;
        this.protection = protection;
        this.bytesPerSecond = bytesPerSecond;
        this.events = events;
    }

    public void start() {
        thread.start();
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }

    private void run() {
        ChunkWorker.behave();
        protect();
        while (!closed && bytesPerSecond > 0) {
            boolean well = true;
            for (Dataset dataset : List.copyOf(datasets.all())) {
                well &= scrub(dataset);
            }
            LockSupport.parkNanos(well ? REST_NANOS : RETRY_NANOS);
        }
    }

    /** Of all datasets, before the first is read, which takes hours. */
    private void protect() {
        for (Dataset dataset : List.copyOf(datasets.all())) {
            try {
                for (SnapshotId snapshot : dataset.folder().snapshots()) {
                    protect(dataset, snapshot);
                }
            } catch (IOException | RuntimeException failure) {
                LOG.info("event=protection-sweep-ended dataset={} reason=\"{}\"", dataset.id(), failure.getMessage());
            }
        }
    }

    private void protect(Dataset dataset, SnapshotId snapshot) throws IOException {
        long restored = new ProtectionSweep(dataset.folder(), snapshot, protection, () -> closed).run();
        if (restored > 0) {
            LOG.warn("event=protection-restored dataset={} snapshot={} files={}", dataset.id(), snapshot, restored);
        }
    }

    /** Whether all was read, and is right now. */
    private boolean scrub(Dataset dataset) {
        try {
            for (SnapshotId snapshot : dataset.folder().snapshots()) {
                // a damaged one too: what could not be read at the source may be readable now
                scrub(dataset, snapshot);
            }
            return true;
        } catch (IOException | RuntimeException failure) {
            // such as a snapshot that was removed meanwhile
            LOG.info("event=scrub-ended dataset={} reason=\"{}\"", dataset.id(), failure.getMessage());
            return false;
        }
    }

    /** Reads one snapshot through, and mends it. */
    private void scrub(Dataset dataset, SnapshotId snapshot) throws IOException {
        protect(dataset, snapshot);
        mendListing(dataset, snapshot);
        try (SnapshotCheck check = new SnapshotCheck(
                dataset.folder(), snapshot, new Pace(bytesPerSecond, System::nanoTime), events, () -> closed)) {
            List<RottenFile> rotten = check.run();
            boolean right =
                    rotten.isEmpty() || new Mending(dataset, snapshot, origins, protection, events).mend(rotten);
            if (right && dataset.folder().notes().damage(snapshot) != null) {
                dataset.mended(snapshot);
                LOG.info("event=snapshot-mended dataset={} snapshot={}", dataset.id(), snapshot);
            }
        }
    }

    /** What is lost of the listing can be had again, whatever the source is now, as long as the origin knows it. */
    private void mendListing(Dataset dataset, SnapshotId snapshot) throws IOException {
        if (!dataset.connection().canFetch()) {
            return;
        }
        try (OriginClient origin = origins.of(dataset)) {
            RecordStore records = dataset.folder().records();
            long fetched = new ListingFetch(origin, records, Long.MAX_VALUE, () -> closed)
                    .fetch(dataset.folder().root(snapshot))
                    .records();
            if (fetched > 0) {
                LOG.warn("event=listing-mended dataset={} snapshot={} records={}", dataset.id(), snapshot, fetched);
                // while one was missing, nothing was swept up
                dataset.leftovers().left();
            }
        }
    }
}
