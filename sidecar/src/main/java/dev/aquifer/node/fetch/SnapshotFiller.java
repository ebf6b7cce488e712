package dev.aquifer.node.fetch;

import dev.aquifer.node.dataset.SnapshotRoot;
import java.io.IOException;
import java.util.function.BooleanSupplier;

/** Brings one snapshot of a dataset into the cache; see {@link Fill#run} for what it throws. */
@FunctionalInterface
interface SnapshotFiller {
    void fill(Dataset dataset, SnapshotRoot root, Origin origin, Progress progress, BooleanSupplier paused)
            throws IOException;
}
