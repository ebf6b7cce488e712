package dev.aquifer.node.dataset;

import org.jspecify.annotations.Nullable;

/**
 * What tells two contents of one path apart without reading them: the moment of the last change of the inode, which no one
 * can set back, and the inode's number.
 */
public record Version(Timestamp changed, long inode) {
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Version version && inode == version.inode && changed.equals(version.changed);
    }
}
