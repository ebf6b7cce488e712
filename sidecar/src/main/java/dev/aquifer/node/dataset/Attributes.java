package dev.aquifer.node.dataset;

import org.jspecify.annotations.Nullable;

/**
 * Who may do what with an entry, and when it changed. The mode holds permission bits and the sticky bit only: set-uid and
 * set-gid never leave an origin. Owner and group are 32-bit unsigned numbers; 2^32-1 is none (chown(2)).
 */
public record Attributes(int mode, int uid, int gid, Timestamp modified) {
    /** Bits that a mode may have. */
    public static final int MODE_BITS = 01777;

    public Attributes {
        if ((mode & ~MODE_BITS) != 0) {
            throw new InvalidListing("Expected a mode within 1777, found %o".formatted(mode));
        }
        if (uid == -1 || gid == -1) {
            throw new InvalidListing("Expected an owner and a group below 4294967295, found 4294967295");
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Attributes attributes
                && mode == attributes.mode
                && uid == attributes.uid
                && gid == attributes.gid
                && modified.equals(attributes.modified);
    }
}
