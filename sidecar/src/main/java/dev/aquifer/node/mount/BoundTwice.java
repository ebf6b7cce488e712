package dev.aquifer.node.mount;

import dev.aquifer.node.linux.Bytes;
import dev.aquifer.node.linux.Fd;
import dev.aquifer.node.linux.Files;
import dev.aquifer.node.linux.Mounts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;

/**
 * For kernels without {@code mount_setattr}: a bind that is made read-only in a private folder, and a second bind from
 * there. The flags of a remount never reach the node's own mount namespace, those of a new bind do.
 */
final class BoundTwice implements Attachment {
    private final Path folder;

    /** @param folder that no other process can change; what is mounted below it is seen by nobody else */
    BoundTwice(Path folder) {
        this.folder = folder;
    }

    @Override
    public synchronized void attach(SnapshotDirectory name, Fd snapshot, Fd target) throws IOException {
        java.nio.file.Files.createDirectories(folder);
        try (Fd parent = Files.openRoot(folder)) {
            Mounts.bind(parent, parent);
        }
        try {
            Mounts.makePrivate(Bytes.of(folder));
            attachBehind(snapshot, target);
        } finally {
            Mounts.unmount(Bytes.of(folder));
        }
    }

    private void attachBehind(Fd snapshot, Fd target) throws IOException {
        Path hidden = java.nio.file.Files.createDirectory(
                folder.resolve(UUID.randomUUID().toString()));
        try (Fd place = Files.openRoot(hidden)) {
            Mounts.bind(snapshot, place);
            Mounts.remount(Bytes.of(hidden), MovedTree.ATTRIBUTES);
            try (Fd readOnly = Files.openRoot(hidden)) {
                Mounts.bind(readOnly, target);
            }
            Mounts.unmount(Bytes.of(hidden));
        } finally {
            java.nio.file.Files.delete(hidden);
        }
    }
}
