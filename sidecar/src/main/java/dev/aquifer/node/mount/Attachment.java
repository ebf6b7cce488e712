package dev.aquifer.node.mount;

import dev.aquifer.node.linux.Fd;
import java.io.IOException;

/** A way to make a snapshot appear read-only at a target. */
interface Attachment {
    /**
     * Attaches the directory, without a moment in which it is writable for anyone.
     *
     * @param name as the mount table is to have it, where it takes a name
     */
    void attach(SnapshotDirectory name, Fd snapshot, Fd target) throws IOException;
}
