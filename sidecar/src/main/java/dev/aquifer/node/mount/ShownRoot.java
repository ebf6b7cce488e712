package dev.aquifer.node.mount;

import dev.aquifer.node.linux.Device;
import org.jspecify.annotations.Nullable;

/** The directory that a mount shows: unlike its path it stays the same, whoever asks. */
public record ShownRoot(Device device, long inode) {
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ShownRoot root && inode == root.inode && device.equals(root.device);
    }
}
