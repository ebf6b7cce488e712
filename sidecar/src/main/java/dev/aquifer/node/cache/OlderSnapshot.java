package dev.aquifer.node.cache;

import dev.aquifer.node.dataset.SnapshotId;
import dev.aquifer.node.dataset.SnapshotRoot;
import dev.aquifer.node.linux.Fd;
import java.io.IOException;

/**
 * A snapshot that a newer one may take files and chunks from.
 *
 * @param tree its root directory
 * @param complete whether every file is whole; else only chunks that have a digest count
 * @param trusted whether chunks that have a digest are there: not so in what was begun before a restart of the machine
 */
public record OlderSnapshot(
        SnapshotId id, SnapshotRoot root, DigestFile digests, Fd tree, boolean complete, boolean trusted)
        implements AutoCloseable {
    @Override
    public void close() throws IOException {
        digests.close();
        tree.close();
    }
}
