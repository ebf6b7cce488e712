package dev.aquifer.node.linux;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What is known of a file beside its content. Links are never followed; all throw {@link LinuxException}. */
public final class Metadata {
    /** For {@link #setFlags}: nobody may write, rename, link or remove it, root included ({@code linux/fs.h}). */
    public static final int IMMUTABLE = 0x10;
    /** Among the {@link #flags}: the kernel checks what it reads of the file, see {@link Verity} ({@code linux/fs.h}). */
    public static final int VERITY = 0x00100000;

    private static final int BASIC_AND_MOUNT = 0x7ff | 0x1000;
    private static final int FORCE_SYNC = 0x2000;
    private static final int NO_AUTOMOUNT = 0x800;
    private static final long GET_FLAGS = 0x80086601L;
    private static final long SET_FLAGS = 0x40086602L;
    private static final int TIMES_BYTES = 32;

    private Metadata() {}

    /** Of a name in a directory. */
    public static Stat stat(Fd dir, byte[] name) throws LinuxException {
        return statx(dir, Bytes.component(name), 0);
    }

    /** Of the open file itself. */
    public static Stat stat(Fd fd) throws LinuxException {
        return statx(fd, Bytes.none(), 0);
    }

    /** Of the open file, asked of the file server anew where there is one. */
    public static Stat statForced(Fd fd) throws LinuxException {
        return statx(fd, Bytes.none(), FORCE_SYNC);
    }

    private static Stat statx(Fd dir, byte[] name, int sync) throws LinuxException {
        try (Scratch scratch = new Scratch()) {
            MemorySegment answer = scratch.zeroed(Stat.BYTES);
            int flags = Files.AT_SYMLINK_NOFOLLOW | NO_AUTOMOUNT | sync | (name.length == 0 ? Files.AT_EMPTY_PATH : 0);
            long path = scratch.text(name).address();
            Kernel.call(Call.STATX, name, dir.number(), path, flags, BASIC_AND_MOUNT, answer.address());
            return Stat.read(answer);
        }
    }

    /** Not for one opened with {@link Open#PATH}. */
    public static void chmod(Fd fd, int mode) throws LinuxException {
        Kernel.call(Call.FCHMOD, fd, mode);
    }

    /** Not for one opened with {@link Open#PATH}. Clears set-uid and set-gid: change the mode after it. */
    public static void chown(Fd fd, int uid, int gid) throws LinuxException {
        Kernel.call(Call.FCHOWN, fd, uid, gid);
    }

    public static void chown(Fd dir, byte[] name, int uid, int gid) throws LinuxException {
        try (Scratch scratch = new Scratch()) {
            long path = scratch.text(Bytes.component(name)).address();
            Kernel.call(Call.FCHOWNAT, name, dir.number(), path, uid, gid, Files.AT_SYMLINK_NOFOLLOW);
        }
    }

    /** Sets mtime, and atime with it. */
    public static void touch(Fd fd, Timespec modified) throws LinuxException {
        try (Scratch scratch = new Scratch()) {
            Kernel.call(Call.UTIMENSAT, fd, 0, times(scratch, modified), 0);
        }
    }

    /** Sets mtime, and atime with it; of a symbolic link, its own. */
    public static void touch(Fd dir, byte[] name, Timespec modified) throws LinuxException {
        try (Scratch scratch = new Scratch()) {
            long path = scratch.text(Bytes.component(name)).address();
            long times = times(scratch, modified);
            Kernel.call(Call.UTIMENSAT, name, dir.number(), path, times, Files.AT_SYMLINK_NOFOLLOW);
        }
    }

    private static long times(Scratch scratch, Timespec time) {
        MemorySegment times = scratch.zeroed(TIMES_BYTES);
        for (int at = 0; at < TIMES_BYTES; at += 16) {
            times.set(ValueLayout.JAVA_LONG, at, time.seconds());
            times.set(ValueLayout.JAVA_LONG, at + 8L, time.nanos());
        }
        return times.address();
    }

    /**
     * An extended attribute such as {@code system.posix_acl_access}.
     *
     * @param name in the directory, or {@link Bytes#none} for the directory itself
     * @return null where there is none, or the file system has no such attributes
     */
    public static byte @Nullable [] extended(Fd dir, byte[] name, String attribute) throws LinuxException {
        return ExtendedAttributes.get(dir, name, ascii(attribute));
    }

    /** Sets an extended attribute of an open file or directory. Not for one opened with {@link Open#PATH}. */
    public static void setExtended(Fd fd, String attribute, byte[] value) throws LinuxException {
        try (Scratch scratch = new Scratch()) {
            long key = scratch.text(ascii(attribute)).address();
            Kernel.call(Call.FSETXATTR, fd, key, scratch.text(value).address(), value.length, 0);
        }
    }

    /** The flags of {@code chattr(1)}, such as {@link #IMMUTABLE}; ENOTTY or EOPNOTSUPP where there are none. */
    public static int flags(Fd fd) throws LinuxException {
        try (Scratch scratch = new Scratch()) {
            MemorySegment flags = scratch.zeroed(Long.BYTES);
            Kernel.call(Call.IOCTL, fd, GET_FLAGS, flags.address());
            return flags.get(ValueLayout.JAVA_INT, 0);
        }
    }

    /** Sets all flags at once; IMMUTABLE takes CAP_LINUX_IMMUTABLE. */
    public static void setFlags(Fd fd, int flags) throws LinuxException {
        try (Scratch scratch = new Scratch()) {
            MemorySegment value = scratch.zeroed(Long.BYTES);
            value.set(ValueLayout.JAVA_INT, 0, flags);
            Kernel.call(Call.IOCTL, fd, SET_FLAGS, value.address());
        }
    }

    private static byte[] ascii(String attribute) {
        return attribute.getBytes(StandardCharsets.US_ASCII);
    }
}
