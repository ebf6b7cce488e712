package dev.aquifer.node.local;

import dev.aquifer.node.cache.DatasetFolder;
import dev.aquifer.node.cache.Sweep;
import dev.aquifer.node.fill.ChunkWorker;
import java.io.IOException;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has what removed snapshots leave behind swept up, in the background: after each removal, and once after the start, since a
 * crash may have come before. Never while a fill runs; one that is to begin ends it.
 */
public final class Leftovers {
    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);

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

    /** Sweeps if there is a reason to, on a thread of its own. */
    public void sweepIfDue() {
        if (due) {
            due = false;
            Thread.ofPlatform().daemon().name("sweep-" + folder.id()).start(this::sweep);
        }
    }

    private void sweep() {
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
