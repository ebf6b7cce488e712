package dev.aquifer.node.scrub;

import dev.aquifer.node.cache.Protection;
import dev.aquifer.node.cache.ProtectionSweep;
import dev.aquifer.node.dataset.SnapshotId;
import dev.aquifer.node.fill.ChunkWorker;
import dev.aquifer.node.local.Dataset;
import dev.aquifer.node.local.DatasetOrigins;
import dev.aquifer.node.local.Datasets;
import dev.aquifer.node.local.Room;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    private final ScrubMeans means;
    private final long bytesPerSecond;
    private final Thread thread = Thread.ofPlatform().name("scrub").daemon().unstarted(this::run);
    /** Why snapshots could not be scrubbed at last. */
    private final Map<SnapshotId, String> troubles = new HashMap<>();

    private long left;
    private volatile boolean closed;

    public Scrub(
            Datasets datasets,
            DatasetOrigins origins,
            Protection protection,
            Room room,
            long bytesPerSecond,
            ScrubEvents events) {
        this.datasets = datasets;
        this.means = new ScrubMeans(origins, protection, room, events, () -> closed);
        this.bytesPerSecond = bytesPerSecond;
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
            left = 0;
            for (Dataset dataset : List.copyOf(datasets.all())) {
                well &= scrub(dataset);
            }
            means.events().left(left);
            if (well) {
                troubles.clear();
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
                Workshop.open(dataset.folder(), means.protection()).close();
            } catch (IOException | RuntimeException failure) {
                LOG.info("event=protection-sweep-ended dataset={} reason=\"{}\"", dataset.id(), failure.getMessage());
            }
        }
    }

    private void protect(Dataset dataset, SnapshotId snapshot) throws IOException {
        long restored = new ProtectionSweep(dataset.folder(), snapshot, means.protection(), means.stopped()).run();
        if (restored > 0) {
            LOG.warn("event=protection-restored dataset={} snapshot={} files={}", dataset.id(), snapshot, restored);
        }
    }

    /** Whether all was read, and is right now, or never will be. */
    private boolean scrub(Dataset dataset) {
        boolean well = true;
        for (SnapshotId snapshot : snapshots(dataset)) {
            // a damaged one too: what could not be read at the source may be readable now
            well &= scrub(dataset, snapshot);
        }
        return well;
    }

    private static List<SnapshotId> snapshots(Dataset dataset) {
        try {
            return dataset.folder().snapshots();
        } catch (IOException | RuntimeException removed) {
            LOG.debug("event=scrub-ended dataset={}", dataset.id(), removed);
            return List.of();
        }
    }

    private boolean scrub(Dataset dataset, SnapshotId snapshot) {
        SnapshotScrub scrub = new SnapshotScrub(dataset, snapshot, means);
        try {
            protect(dataset, snapshot);
            scrub.run(bytesPerSecond);
            troubles.remove(snapshot);
            return true;
        } catch (IOException | RuntimeException failure) {
            String reason = String.valueOf(failure.getMessage());
            // such as a snapshot that was removed meanwhile; or the same, every few seconds
            if (!closed && !reason.equals(troubles.put(snapshot, reason))) {
                LOG.warn(
                        "event=scrub-ended dataset={} snapshot={} reason=\"{}\" effect=\"tried again\"",
                        dataset.id(),
                        snapshot,
                        reason);
            }
            return false;
        } finally {
            left += scrub.left();
        }
    }
}
