package dev.aquifer.node.testing;

import dev.aquifer.node.cache.CacheFolder;
import dev.aquifer.node.cache.DatasetFolder;
import dev.aquifer.node.cache.Protection;
import dev.aquifer.node.dataset.DatasetId;
import dev.aquifer.node.local.Datasets;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;

/** A cache in a folder of a test's own, as one agent has it open; closed, the folder can be deleted. */
public record OpenedCache(Path folder, CacheFolder cache, Datasets datasets) implements AutoCloseable {
    /** Empty, unless an agent had it open before. */
    public static OpenedCache in(Path folder) throws IOException {
        CacheFolder cache = CacheFolder.open(folder, new Protection(false));
        return new OpenedCache(folder, cache, new Datasets(cache, InstantSource.system()));
    }

    /** The folder of a dataset, which is made if it is not there. */
    public DatasetFolder dataset(DatasetId id) throws IOException {
        return datasets.get(id).folder();
    }

    @Override
    public void close() throws IOException {
        datasets.close();
        cache.close();
        ScratchCache.unlock(folder);
    }
}
