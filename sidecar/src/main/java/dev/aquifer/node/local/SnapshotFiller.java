package dev.aquifer.node.local;

import dev.aquifer.node.dataset.SnapshotRoot;
import dev.aquifer.node.fill.Fill;
import dev.aquifer.node.fill.Progress;
import dev.aquifer.node.remote.OriginClient;
import java.io.IOException;
import java.util.function.BooleanSupplier;

/** Brings one snapshot of a dataset into the cache; see {@link Fill#run} for what it throws. */
@FunctionalInterface
public interface SnapshotFiller {
    void fill(Dataset dataset, SnapshotRoot root, OriginClient origin, Progress progress, BooleanSupplier paused)
            throws IOException;
}
