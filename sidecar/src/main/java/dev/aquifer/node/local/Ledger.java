package dev.aquifer.node.local;

import dev.aquifer.node.cache.Usage;
import dev.aquifer.node.dataset.DatasetId;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** What each dataset takes of the cache, and what running fills have been promised. */
public final class Ledger {
    private final Map<DatasetId, Usage> used = new HashMap<>();
    private final Map<DatasetId, Usage> promised = new HashMap<>();

    public synchronized void used(DatasetId dataset, Usage usage) {
        used.put(dataset, usage);
    }

    public synchronized Usage used(DatasetId dataset) {
        return used.getOrDefault(dataset, Usage.NONE);
    }

    synchronized void freed(DatasetId dataset, Usage freed) {
        used.computeIfPresent(dataset, (_, before) -> before.minus(freed));
    }

    /** Keeps this much for the fill of a dataset, instead of what it was promised before. */
    synchronized void promise(DatasetId dataset, Usage need) {
        promised.put(dataset, need);
    }

    /** So much is promised to the fill of a dataset, beside what it has written. */
    synchronized Usage promised(DatasetId dataset) {
        return promised.getOrDefault(dataset, Usage.NONE);
    }

    /** So much of what was promised is written: it counts as used until it is counted. */
    synchronized void written(DatasetId dataset, Usage written) {
        used.merge(dataset, written, Usage::plus);
        promised.computeIfPresent(dataset, (_, before) -> before.minus(written));
    }

    /** All of it is. */
    synchronized void allWritten(DatasetId dataset) {
        written(dataset, promised(dataset));
    }

    /** The fill has ended: what it wrote is counted as used. */
    synchronized void release(DatasetId dataset) {
        promised.remove(dataset);
    }

    public synchronized void forget(DatasetId dataset) {
        used.remove(dataset);
        promised.remove(dataset);
    }

    public synchronized Usage total() {
        Usage total = Usage.NONE;
        for (Usage usage : used.values()) {
            total = total.plus(usage);
        }
        for (Usage usage : promised.values()) {
            total = total.plus(usage);
        }
        return total;
    }

    /** What these datasets take, and all that other fills than this dataset's have been promised. */
    synchronized Usage fixed(Set<DatasetId> datasets, DatasetId filled) {
        Usage total = Usage.NONE;
        for (DatasetId dataset : datasets) {
            total = total.plus(used(dataset));
        }
        for (Map.Entry<DatasetId, Usage> promise : promised.entrySet()) {
            total = promise.getKey().equals(filled) ? total : total.plus(promise.getValue());
        }
        return total;
    }

    /** All but what this dataset's own fill was promised: it is about to be promised anew. */
    synchronized Usage totalWithout(DatasetId dataset) {
        return total().minus(promised(dataset));
    }
}
