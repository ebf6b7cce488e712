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
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
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
    private final Unfinished unfinished = new Unfinished();

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
            Set<Unfinished.Key> again = unfinished.keys();
            Set<Unfinished.Key> seen = new HashSet<>();
            boolean well = scrub(again::contains, seen);
            well &= scrub(each -> !again.contains(each), seen);
            unfinished.retain(seen);
            means.events().left(unfinished.left());
            LockSupport.parkNanos(well ? REST_NANOS : RETRY_NANOS);
        }
    }

    /** Of all datasets, before the first is read, which takes hours. */
    private void protect() {
        for (Dataset dataset : List.copyOf(datasets.all())) {
            snapshots(dataset).forEach(snapshot -> protect(dataset, snapshot));
            try {
                Workshop.open(dataset.folder(), means.protection()).close();
            } catch (IOException | RuntimeException failure) {
                LOG.info("event=workshop-unusable dataset={} reason=\"{}\"", dataset.id(), failure.getMessage());
            }
        }
    }

    /** Where that fails, such as on a broken part of the disk, the snapshot is to be read all the more. */
    private void protect(Dataset dataset, SnapshotId snapshot) {
        try {
            long restored = new ProtectionSweep(dataset.folder(), snapshot, means.protection(), means.stopped()).run();
            if (restored > 0) {
                LOG.warn("event=protection-restored dataset={} snapshot={} files={}", dataset.id(), snapshot, restored);
            }
        } catch (IOException | RuntimeException failure) {
            LOG.info(
                    "event=protection-sweep-ended dataset={} snapshot={} reason=\"{}\"",
                    dataset.id(),
                    snapshot,
                    failure.getMessage());
        }
    }

    /** Whether all of these were read, and are right now, or never will be. */
    private boolean scrub(Predicate<Unfinished.Key> which, Set<Unfinished.Key> seen) {
        boolean well = true;
        for (Dataset dataset : List.copyOf(datasets.all())) {
            for (SnapshotId snapshot : snapshots(dataset)) {
                Unfinished.Key key = new Unfinished.Key(dataset.id(), snapshot);
                // a damaged one too: what could not be read at the source may be readable now
                if (which.test(key) && seen.add(key)) {
                    well &= scrub(dataset, key);
                }
            }
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

    private boolean scrub(Dataset dataset, Unfinished.Key key) {
        SnapshotId snapshot = key.snapshot();
        SnapshotScrub scrub = new SnapshotScrub(dataset, snapshot, means);
        protect(dataset, snapshot);
        try {
            scrub.run(bytesPerSecond);
            unfinished.ended(key);
            return true;
        } catch (IOException | RuntimeException failure) {
            String reason = String.valueOf(failure.getMessage());
            // such as a snapshot that was removed meanwhile; or the same, every few seconds
            if (!closed && unfinished.failed(key, reason)) {
                LOG.warn(
                        "event=scrub-ended dataset={} snapshot={} reason=\"{}\" effect=\"tried again\"",
                        dataset.id(),
                        snapshot,
                        reason);
            }
            return false;
        } finally {
            Integer left = scrub.left();
            if (left != null) {
                unfinished.left(key, left);
                means.events().left(unfinished.left());
            }
        }
    }
}
