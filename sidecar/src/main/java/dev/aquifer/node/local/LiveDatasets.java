package dev.aquifer.node.local;

import dev.aquifer.node.dataset.DatasetId;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The datasets that are live, as the binder last listed them. None before it was read for the first time. */
public final class LiveDatasets {
    private volatile Map<DatasetId, DatasetEntry> entries = Map.of();

    /** These and no others from now on. */
    public void listed(Map<DatasetId, DatasetEntry> now) {
        entries = Map.copyOf(now);
    }

    public Collection<DatasetEntry> all() {
        return entries.values();
    }

    /** Null while the dataset is not listed. */
    public @Nullable DatasetEntry find(DatasetId dataset) {
        return entries.get(dataset);
    }
}
