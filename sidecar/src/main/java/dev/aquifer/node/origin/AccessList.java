package dev.aquifer.node.origin;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A POSIX access list as the kernel keeps it ({@code linux/posix_acl_xattr.h}: u32 version 2, then u16 tag, u16 permissions
 * and u32 id for each entry, little-endian).
 */
final class AccessList {
    /** The extended attribute that holds it. */
    static final String ATTRIBUTE = "system.posix_acl_access";

    private static final int HEADER = 4;
    private static final int ENTRY = 8;
    private static final int OWNING_GROUP = 0x04;
    private static final int MASK = 0x10;
    private static final int ALL = 7;
    private static final int GROUP_BITS = 070;

    private AccessList() {}

    /**
     * The mode that a copy without the list may have. With a list, the mode's group bits show the mask, which the owning
     * group itself may not have: what remains is its own entry within the mask.
     */
    static int mode(int mode, byte[] list) {
        var in = ByteBuffer.wrap(list).order(ByteOrder.LITTLE_ENDIAN);
        int group = 0;
        int mask = ALL;
        for (int at = HEADER; at + ENTRY <= list.length; at += ENTRY) {
            switch (in.getShort(at)) {
                case OWNING_GROUP -> group = in.getShort(at + 2);
                case MASK -> mask = in.getShort(at + 2);
                default -> {
                    // entries for named users and groups open nothing in a copy
                }
            }
        }
        return (mode & ~GROUP_BITS) | ((group & mask & ALL) << 3);
    }
}
