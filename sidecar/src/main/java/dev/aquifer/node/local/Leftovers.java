package dev.aquifer.node.local;

import dev.aquifer.node.cache.DatasetFolder;
import dev.aquifer.node.cache.Removed;
import dev.aquifer.node.cache.Sweep;
import dev.aquifer.node.dataset.SnapshotId;
import dev.aquifer.node.fill.ChunkWorker;
import dev.aquifer.node.linux.LinuxException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has what removed snapshots leave behind swept up, in the background: after each removal, and once after the start, since a
 * crash may have come before. Never while a fill runs; one that is to begin ends it.
 */
public final class Leftovers {
    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);

    /** A sweep holds what all snapshots of its dataset need: of two at once there may be too much for the heap. */
    private static final Semaphore SWEEPS = new Semaphore(1);

    private final DatasetFolder folder;
    private final ReentrantReadWriteLock fills = new ReentrantReadWriteLock();
    private volatile boolean due = true;

    Leftovers(DatasetFolder folder) {
        this.folder = folder;
    }

    /** There is something to sweep up. */
    public void left() {
        due = true;
    }

    /** The calling thread begins a fill. */
    void fillBegins() {
        fills.readLock().lock();
    }

    void fillEnds() {
        fills.readLock().unlock();
    }

    /** The snapshots that fills have begun. */
    List<SnapshotId> begun() throws LinuxException {
        return folder.fillings().list();
    }

    /**
     * Removes what fills have begun that nobody goes on with.
     *
     * @return what that freed; nothing while a fill runs
     */
    Removed discardBegun() throws LinuxException {
        Removed all = Removed.NOTHING;
        if (fills.writeLock().tryLock()) {
            try {
                for (SnapshotId begun : begun()) {
                    due = true;
                    all = all.plus(folder.fillings().discard(begun));
                }
            } finally {
                fills.writeLock().unlock();
            }
        }
        return all;
    }

    /** Removes all there is: waits for a sweep that runs, and lets none begin. */
    void removeAll(Removal removal) throws LinuxException {
        fills.writeLock().lock();
        try {
            removal.run().orThrow();
        } finally {
            fills.writeLock().unlock();
        }
    }

    /** Sweeps if there is a reason to, on a thread of its own. */
    public void sweepIfDue() {
        if (due) {
            due = false;
            Thread.ofPlatform().daemon().name("sweep-" + folder.id()).start(this::sweep);
        }
    }

    private void sweep() {
        if (!SWEEPS.tryAcquire()) {
            due = true;
            return;
        }
        try {
            sweepAlone();
        } finally {
            SWEEPS.release();
        }
    }

    private void sweepAlone() {
        ChunkWorker.behave();
        if (!fills.writeLock().tryLock()) {
            due = true;
            return;
        }
        try {
            due = !new Sweep(folder, fills::hasQueuedThreads).run();
        } catch (IOException | IllegalStateException failure) {
            // the second: the process ends, and the folder is closed
            LOG.warn("event=sweep-failed dataset={} error=\"{}\"", folder.id(), failure.getMessage());
        } finally {
            fills.writeLock().unlock();
        }
    }
}
