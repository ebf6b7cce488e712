package dev.aquifer.node.mount;

import dev.aquifer.node.linux.Fd;
import dev.aquifer.node.linux.Files;
import dev.aquifer.node.linux.Mounts;
import java.io.IOException;
import java.nio.file.Path;

/**
 * An overlay of lower directories only, for snapshots whose files cannot be made immutable: not even root in a container
 * makes its file system writable. It takes two directories; the second is empty.
 */
final class LowerLayers implements Attachment {
    static final String TYPE = "overlay";
    static final String SOURCE = "aquifer:";

    private final Path empty;

    /** @param empty where an empty directory is made; it must stay as long as any mount */
    LowerLayers(Path empty) {
        this.empty = empty;
    }

    @Override
    public void attach(SnapshotDirectory name, Fd snapshot, Fd target) throws IOException {
        java.nio.file.Files.createDirectories(empty);
        try (Fd nothing = Files.openRoot(empty)) {
            Mounts.overlay(SOURCE + name, snapshot, nothing, target, MovedTree.ATTRIBUTES);
        }
    }
}
