package dev.aquifer.node.local;

import dev.aquifer.node.cache.DatasetFolder;
import dev.aquifer.node.cache.Usage;
import java.io.IOException;

/** Counts what the folder of a dataset takes, which may take minutes; see {@link DatasetFolder#count}. */
@FunctionalInterface
interface FolderCount {
    Usage of(DatasetFolder folder) throws IOException;
}
