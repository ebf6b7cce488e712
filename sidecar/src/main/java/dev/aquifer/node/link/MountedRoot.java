package dev.aquifer.node.link;

import org.jspecify.annotations.Nullable;

/** The directory that a mount shows: its file system's device and its inode number there. */
public record MountedRoot(int major, int minor, long inode) {
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof MountedRoot root && major == root.major && minor == root.minor && inode == root.inode;
    }
}
