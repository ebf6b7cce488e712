package dev.aquifer.node.local;

import dev.aquifer.node.cache.CacheFolder;
import dev.aquifer.node.cache.DatasetFolder;
import dev.aquifer.node.dataset.DatasetId;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All datasets that this node has, or was asked for. */
public final class Datasets implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Datasets.class);

    private final CacheFolder cache;
    private final InstantSource clock;
    private final Map<DatasetId, Dataset> known = new ConcurrentHashMap<>();

    public Datasets(CacheFolder cache, InstantSource clock) {
        this.cache = cache;
        this.clock = clock;
    }

    /** Learns what the cache holds: a look into one folder for each dataset. What is wrong with one is no other's trouble. */
    public void load() throws IOException {
        for (DatasetId id : cache.datasets()) {
            try {
                get(id);
            } catch (IOException | RuntimeException failure) {
                LOG.error("event=dataset-unreadable dataset={} error=\"{}\"", id, failure.getMessage());
            }
        }
    }

    public Collection<Dataset> all() {
        return known.values();
    }

    /** The dataset of this id, with a folder of its own from now on. */
    public Dataset get(DatasetId id) throws IOException {
        Dataset before = known.get(id);
        return before == null ? make(id) : before;
    }

    private synchronized Dataset make(DatasetId id) throws IOException {
        Dataset before = known.get(id);
        if (before != null) {
            return before;
        }
        DatasetFolder folder = cache.dataset(id);
        Dataset dataset = new Dataset(folder, new DatasetConnection(id.value(), null, null), clock);
        known.put(id, dataset);
        return dataset;
    }

    /** Null where there is none. */
    public @Nullable Dataset find(DatasetId id) {
        return known.get(id);
    }

    /** One that is known to be there. */
    Dataset require(DatasetId id) {
        return Objects.requireNonNull(known.get(id));
    }

    /**
     * Forgets a dataset of which no snapshot is left, unless somebody wants it. It may come again at once, with a new folder.
     *
     * @param forgotten is told before it does
     * @return the name of what is to be {@linkplain #remove removed}; null if the dataset is not forgotten
     */
    public synchronized @Nullable String forget(Dataset dataset, Consumer<Dataset> forgotten) throws IOException {
        if (!dataset.isForgotten()) {
            return null;
        }
        String away = cache.putAway(dataset.id());
        known.remove(dataset.id());
        forgotten.accept(dataset);
        return away;
    }

    /** Removes what a forgotten dataset has left, which may take minutes. */
    public void remove(Dataset forgotten, String away) throws IOException {
        try {
            forgotten.leftovers().removeAll(() -> cache.remove(away));
        } finally {
            forgotten.folder().close();
        }
    }

    /** Removes what an earlier process had put away and not removed. */
    public void removeForgotten() throws IOException {
        cache.removeAll().orThrow();
    }

    @Override
    public void close() {
        known.values().forEach(dataset -> dataset.folder().close());
    }
}
