package dev.aquifer.node.local;

import dev.aquifer.node.cache.DatasetFolder;
import dev.aquifer.node.cache.Removed;
import dev.aquifer.node.cache.Usage;
import dev.aquifer.node.dataset.SnapshotId;
import dev.aquifer.node.fill.ChunkWorker;
import dev.aquifer.node.linux.LinuxException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one dataset takes. It is settled by a count in which nothing changed, from then on what is removed is subtracted, and the
 * next fill unsettles it; only what is settled is noted.
 */
final class Account {
    private static final Logger LOG = LoggerFactory.getLogger(Account.class);

    private final DatasetFolder folder;
    private final Ledger ledger;
    private final FolderCount count;
    private final Duration pause;
    private long changes;
    private int removals;
    private boolean filling;
    private boolean counting;
    private boolean settled;
    private boolean closed;
    /** What each that was begun took when the last fill began. */
    private Map<SnapshotId, Usage> held = Map.of();

    /** @param pause between a count that failed and the next */
    Account(DatasetFolder folder, Ledger ledger, FolderCount count, Duration pause) {
        this.folder = folder;
        this.ledger = ledger;
        this.count = count;
        this.pause = pause;
    }

    /** Reads the note, or counts where there is none; where that fails it goes on in the background. */
    void learn() throws IOException, InterruptedException {
        if (!isNoted() && beginsToCount() && !triesToCount()) {
            countInBackground(pause);
        }
    }

    private synchronized boolean isNoted() {
        Usage noted = noted();
        if (noted != null) {
            ledger.used(folder.id(), noted);
            settled = true;
        }
        return noted != null;
    }

    /** One that cannot be read says nothing. */
    private @Nullable Usage noted() {
        try {
            return folder.usage().read();
        } catch (LinuxException failure) {
            LOG.warn("event=note-unreadable dataset={} error=\"{}\"", folder.id(), failure.getMessage());
            return null;
        }
    }

    /** What earlier fills wrote and nobody has counted counts as used, instead of as promised. */
    void fillBegins() throws LinuxException {
        Map<SnapshotId, Usage> now = folder.fillings().held();
        synchronized (this) {
            filling = true;
            if (!settled) {
                now.forEach((begun, usage) ->
                        ledger.written(folder.id(), usage.minus(held.getOrDefault(begun, Usage.NONE))));
            }
            held = now;
            unsettle();
        }
    }

    /** Removes something that was begun, for a fill that has written nothing yet. */
    Usage discard(Removal removal) throws LinuxException {
        Removed removed = remove(removal);
        if (!removed.freed().equals(Usage.NONE)) {
            // what two of them shared is the other's own now
            Map<SnapshotId, Usage> now = folder.fillings().held();
            synchronized (this) {
                held = now;
            }
        }
        return removed.orThrow();
    }

    void fillEnds() {
        synchronized (this) {
            filling = false;
        }
        if (beginsToCount()) {
            countInBackground(Duration.ZERO);
        }
    }

    Removed remove(Removal removal) throws LinuxException {
        removalBegins();
        Removed removed = null;
        try {
            removed = removal.run();
            return removed;
        } finally {
            removalEnds(removed);
        }
    }

    private synchronized void removalBegins() throws LinuxException {
        folder.usage().remove();
        changes++;
        removals++;
    }

    /** @param removed null if that could not be told */
    private synchronized void removalEnds(@Nullable Removed removed) {
        removals--;
        notifyAll();
        if (removed != null) {
            ledger.freed(folder.id(), removed.freed());
        }
        if (settled) {
            settledRemovalEnds(removed != null && removed.failure() == null);
        }
    }

    /** Of one that failed only a count says whether it freed no more. */
    private void settledRemovalEnds(boolean removedAll) {
        if (!removedAll) {
            settled = false;
            if (beginsToCount()) {
                countInBackground(pause);
            }
        } else if (removals == 0) {
            note();
        }
    }

    /** The dataset is gone: whoever still counts it says nothing any more. */
    synchronized void close() {
        closed = true;
    }

    private void unsettle() throws LinuxException {
        settled = false;
        changes++;
        folder.usage().remove();
    }

    private synchronized boolean beginsToCount() {
        if (counting) {
            return false;
        }
        counting = true;
        return true;
    }

    private void countInBackground(Duration wait) {
        Thread.ofPlatform().daemon().name("count-" + folder.id()).start(() -> {
            ChunkWorker.behave();
            try {
                Thread.sleep(wait);
                while (!triesToCount()) {
                    Thread.sleep(pause);
                }
            } catch (InterruptedException end) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Tells whether no other try is needed: it is counted, or a fill has begun at whose end it is. */
    private boolean triesToCount() throws InterruptedException {
        try {
            long seen;
            do {
                seen = awaitRemovals();
            } while (!isSettledBy(seen, count.of(folder)));
            return true;
        } catch (IOException failure) {
            LOG.warn("event=count-failed dataset={} error=\"{}\"", folder.id(), failure.getMessage());
            return false;
        } catch (IllegalStateException end) {
            // the folder is closed: the process ends, or the dataset is gone
            LOG.debug("event=count-ended dataset={} reason=\"{}\"", folder.id(), end.getMessage());
            return true;
        }
    }

    private synchronized long awaitRemovals() throws InterruptedException {
        while (removals > 0 && !filling) {
            wait();
        }
        return changes;
    }

    private synchronized boolean isSettledBy(long seen, Usage used) {
        if (filling || closed) {
            counting = false;
            return true;
        }
        if (changes != seen) {
            return false;
        }
        ledger.used(folder.id(), used);
        ledger.release(folder.id());
        counting = false;
        settled = true;
        note();
        return true;
    }

    /** Without the note it is counted at the next start: a disk that is full is no reason to stop here. */
    private void note() {
        try {
            folder.usage().write(ledger.used(folder.id()));
        } catch (LinuxException failure) {
            LOG.warn("event=note-failed dataset={} error=\"{}\"", folder.id(), failure.getMessage());
        }
    }
}
