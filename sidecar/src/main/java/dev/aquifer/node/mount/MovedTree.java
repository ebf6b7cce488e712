package dev.aquifer.node.mount;

import dev.aquifer.node.linux.Fd;
import dev.aquifer.node.linux.Mounts;
import java.io.IOException;

/** A copy of the mount, made read-only while nobody can see it, then moved to its place (Linux 5.12). */
final class MovedTree implements Attachment {
    static final int ATTRIBUTES = Mounts.READ_ONLY | Mounts.NO_SUID | Mounts.NO_DEV;

    @Override
    public void attach(SnapshotDirectory name, Fd snapshot, Fd target) throws IOException {
        try (Fd tree = Mounts.openTree(snapshot)) {
            Mounts.setAttributes(tree, ATTRIBUTES);
            Mounts.move(tree, target);
        }
    }
}
