package dev.aquifer.node.linux;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The attributes of a file ({@code struct statx} of {@code linux/stat.h}).
 *
 * @param mode the lower twelve bits: permissions, set-uid, set-gid, sticky
 * @param uid unsigned 32 bits, as {@code gid}
 * @param allocated in bytes
 * @param modified mtime
 * @param changed ctime
 * @param device of the file system that it is on
 * @param mountId as in mountinfo
 * @param mountRoot whether something is mounted exactly here
 */
public record Stat(
        FileType type,
        int mode,
        int uid,
        int gid,
        long size,
        long allocated,
        Timespec modified,
        Timespec changed,
        long inode,
        Device device,
        int links,
        long mountId,
        boolean mountRoot) {
    static final int BYTES = 256;

    private static final int BLOCK = 512;
    private static final long MOUNT_ROOT = 0x2000;

    static Stat read(MemorySegment statx) {
        int mode = statx.get(ValueLayout.JAVA_SHORT, 28) & 0xffff;
        return new Stat(
                FileType.of(mode >> 12),
                mode & 07777,
                statx.get(ValueLayout.JAVA_INT, 20),
                statx.get(ValueLayout.JAVA_INT, 24),
                statx.get(ValueLayout.JAVA_LONG, 40),
                statx.get(ValueLayout.JAVA_LONG, 48) * BLOCK,
                timestamp(statx, 112),
                timestamp(statx, 96),
                statx.get(ValueLayout.JAVA_LONG, 32),
                new Device(statx.get(ValueLayout.JAVA_INT, 136), statx.get(ValueLayout.JAVA_INT, 140)),
                statx.get(ValueLayout.JAVA_INT, 16),
                statx.get(ValueLayout.JAVA_LONG, 144),
                (statx.get(ValueLayout.JAVA_LONG, 8) & MOUNT_ROOT) != 0);
    }

    private static Timespec timestamp(MemorySegment statx, long at) {
        return new Timespec(statx.get(ValueLayout.JAVA_LONG, at), statx.get(ValueLayout.JAVA_INT, at + 8));
    }
}
