package dev.aquifer.node.cache;

import dev.aquifer.node.dataset.SnapshotId;
import dev.aquifer.node.linux.Fd;
import java.io.IOException;

/**
 * A snapshot on its way into the cache: nobody sees it yet.
 *
 * @param tree what becomes the snapshot's root
 * @param links a name for each file that has several, under the number of its group
 * @param trusted false after a restart of the machine: chunks that have a digest may never have reached the disk
 */
public record Filling(SnapshotId id, Fd dir, Fd tree, Fd links, DigestFile digests, boolean trusted)
        implements AutoCloseable {
    @Override
    public void close() throws IOException {
        digests.close();
        links.close();
        tree.close();
        dir.close();
    }
}
