package dev.aquifer.node.local;

import dev.aquifer.node.dataset.DatasetId;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The datasets that are live, as the binder last listed them. None before it was read for the first time. */
public final class LiveDatasets {
    private volatile DatasetList list = new DatasetList(Map.of(), false);

    /** These and no others from now on. */
    public void listed(DatasetList now) {
        list = now;
    }

    /** Whether a dataset that is not listed is gone; else the list was not read whole. */
    public boolean isWhole() {
        return list.isWhole();
    }

    public Collection<DatasetEntry> all() {
        return list.entries().values();
    }

    /** Null while the dataset is not listed. */
    public @Nullable DatasetEntry find(DatasetId dataset) {
        return list.entries().get(dataset);
    }
}
