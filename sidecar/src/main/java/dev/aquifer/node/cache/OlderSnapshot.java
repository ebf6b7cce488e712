package dev.aquifer.node.cache;

import dev.aquifer.node.dataset.SnapshotId;
import dev.aquifer.node.dataset.SnapshotRoot;
import dev.aquifer.node.linux.Fd;
import dev.aquifer.node.linux.Files;
import dev.aquifer.node.linux.LinuxException;

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
    /**
     * Opens the tree of this name.
     *
     * @param digests closed if that fails
     */
    static OlderSnapshot of(
            SnapshotId id,
            SnapshotRoot root,
            DigestFile digests,
            Fd parent,
            byte[] tree,
            boolean complete,
            boolean trusted)
            throws LinuxException {
        try {
            return new OlderSnapshot(id, root, digests, Files.openDirectory(parent, tree), complete, trusted);
        } catch (LinuxException failure) {
            digests.close();
            throw failure;
        }
    }

    @Override
    public void close() {
        digests.close();
        tree.close();
    }
}
