package dev.aquifer.node.origin.source;

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
    private static final int NAMED_USER = 0x02;
    private static final int OWNING_GROUP = 0x04;
    private static final int NAMED_GROUP = 0x08;
    private static final int MASK = 0x10;
    private static final int ALL = 7;
    private static final int GROUP_AND_OTHERS = 077;

    private AccessList() {}

    /**
     * The mode that a copy without the list may have. With a list, the mode's group bits show the mask, which the owning
     * group itself may not have: what remains is its own entry within the mask. Whom the list names is one of the others in
     * the copy, so others get no more there than each of those.
     */
    static int mode(int mode, byte[] list) {
        var in = ByteBuffer.wrap(list).order(ByteOrder.LITTLE_ENDIAN);
        int group = 0;
        int others = mode;
        boolean names = false;
        int mask = ALL;
        for (int at = HEADER; at + ENTRY <= list.length; at += ENTRY) {
            switch (in.getShort(at)) {
                case OWNING_GROUP -> group = in.getShort(at + 2);
                case NAMED_USER, NAMED_GROUP -> {
                    names = true;
                    others &= in.getShort(at + 2);
                }
                case MASK -> mask = in.getShort(at + 2);
                default -> {
                    // the owner's and the others' are in the mode
                }
            }
        }
        others &= names ? mask : ALL;
        return (mode & ~GROUP_AND_OTHERS) | ((group & mask & ALL) << 3) | (others & ALL);
    }
}
