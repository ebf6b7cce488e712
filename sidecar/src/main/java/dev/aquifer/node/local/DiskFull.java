package dev.aquifer.node.local;

import dev.aquifer.node.fill.RefusedException;
import dev.aquifer.node.link.RefusalCode;
import dev.aquifer.node.linux.LinuxException;
import java.io.IOException;

/** What the kernel says when the cache's file system has no room left, in words for people. */
final class DiskFull {
    private DiskFull() {}

    static boolean is(IOException failure) {
        return failure instanceof LinuxException linux
                && switch (linux.errno()) {
                    case ENOSPC, EDQUOT -> true;
                    default -> false;
                };
    }

    static RefusedException refusal(IOException failure) {
        return new RefusedException(
                RefusalCode.RESOURCE_EXHAUSTED,
                "the cache's file system is full (%s): free some space or inodes on the node, lower the cache's quota, or share it with readPath: Direct"
                        .formatted(failure.getMessage()));
    }
}
