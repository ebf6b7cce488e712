package dev.aquifer.node.local;

import dev.aquifer.node.cache.Usage;
import dev.aquifer.node.dataset.DatasetId;
import dev.aquifer.node.fill.ChunkWorker;
import dev.aquifer.node.linux.LinuxException;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What each dataset takes: counted in the background, one count at a time for each, and noted beside the dataset for the next
 * start. What changes within a count has it begin again; within a fill nothing is counted.
 */
public final class Accounts {
    private static final Logger LOG = LoggerFactory.getLogger(Accounts.class);

    private final Ledger ledger;
    private final Map<DatasetId, Long> changes = new HashMap<>();
    private final Set<DatasetId> filling = new HashSet<>();
    private final Set<DatasetId> counting = new HashSet<>();
    private volatile boolean complete;

    public Accounts(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Whether it is known of every dataset that was there at the start: until then the total says too little. */
    boolean areComplete() {
        return complete;
    }

    /** It is. */
    public void complete() {
        complete = true;
    }

    /** Learns it from the dataset's note, or by counting where that may be wrong. */
    public void learn(Dataset dataset) throws IOException {
        Usage noted = dataset.folder().usage().read();
        if (noted != null) {
            ledger.used(dataset.id(), noted);
        } else if (beginsToCount(dataset.id())) {
            count(dataset);
        }
    }

    /** Goes on with a removal that a crash cut short. */
    public void goOnRemoving(Dataset dataset) throws LinuxException {
        if (dataset.folder().hasRetired()) {
            changes(dataset);
            freed(dataset, dataset.folder().clean());
        }
    }

    /** A fill of the dataset begins: what it will have been, only a count can say. */
    synchronized void fillBegins(Dataset dataset) throws LinuxException {
        filling.add(dataset.id());
        changes(dataset);
    }

    /** The fill has ended. What was promised to it stands until what it wrote is counted: that takes a while, and pods wait. */
    void fillEnded(Dataset dataset) {
        synchronized (this) {
            filling.remove(dataset.id());
        }
        if (beginsToCount(dataset.id())) {
            Thread.ofPlatform().daemon().name("count-" + dataset.id()).start(() -> {
                ChunkWorker.behave();
                count(dataset);
            });
        }
    }

    /** Something of the dataset is about to be removed. */
    synchronized void changes(Dataset dataset) throws LinuxException {
        changes.merge(dataset.id(), 1L, Long::sum);
        dataset.folder().usage().remove();
    }

    /** So much was removed. */
    synchronized void freed(Dataset dataset, Usage freed) {
        ledger.freed(dataset.id(), freed);
        if (!filling.contains(dataset.id()) && !counting.contains(dataset.id())) {
            note(dataset);
        }
    }

    /** The dataset is gone. */
    public synchronized void forget(DatasetId dataset) {
        changes.remove(dataset);
        ledger.forget(dataset);
    }

    private synchronized boolean beginsToCount(DatasetId dataset) {
        return counting.add(dataset);
    }

    private synchronized long changesOf(DatasetId dataset) {
        return changes.getOrDefault(dataset, 0L);
    }

    private void count(Dataset dataset) {
        try {
            while (true) {
                long seen = changesOf(dataset.id());
                if (isSettledBy(dataset, seen, dataset.folder().count())) {
                    return;
                }
            }
        } catch (IOException | IllegalStateException failure) {
            // the second: the process ends, and the folder is closed
            LOG.warn("event=count-failed dataset={} error=\"{}\"", dataset.id(), failure.getMessage());
            synchronized (this) {
                counting.remove(dataset.id());
            }
        }
    }

    /** Takes a count for what it is, unless something has changed since it began; a fill that runs has it counted anew. */
    private synchronized boolean isSettledBy(Dataset dataset, long seen, Usage used) {
        if (filling.contains(dataset.id())) {
            counting.remove(dataset.id());
            return true;
        }
        if (changesOf(dataset.id()) != seen) {
            return false;
        }
        ledger.used(dataset.id(), used);
        ledger.release(dataset.id());
        counting.remove(dataset.id());
        note(dataset);
        return true;
    }

    /** Without the note it is counted at the next start: a disk that is full is no reason to stop here. */
    private void note(Dataset dataset) {
        try {
            dataset.folder().usage().write(ledger.used(dataset.id()));
        } catch (LinuxException failure) {
            LOG.warn("event=note-failed dataset={} error=\"{}\"", dataset.id(), failure.getMessage());
        }
    }
}
