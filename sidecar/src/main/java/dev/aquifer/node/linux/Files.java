package dev.aquifer.node.linux;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Names in directories: opening, making, linking, renaming and removing them. Nothing here follows a symbolic link or
 * leaves the directory it is given: opening goes by {@code openat2} with its rules, everything else takes one name
 * without slashes. All throw {@link LinuxException} when the kernel refuses, IllegalArgumentException for a name that
 * is none.
 */
public final class Files {
    /** For {@link #rename}: refuse if the new name is there, with EEXIST. */
    public static final int NO_REPLACE = 1;
    /** For {@link #rename}: both names must be there, and change places. */
    public static final int EXCHANGE = 2;

    static final int AT_FDCWD = -100;
    static final int AT_SYMLINK_NOFOLLOW = 0x100;
    static final int AT_EMPTY_PATH = 0x1000;

    private static final int AT_REMOVEDIR = 0x200;
    private static final int AT_SYMLINK_FOLLOW = 0x400;
    private static final int NO_MAGIC_LINKS = 0x02;
    private static final int NO_SYMLINKS = 0x04;
    private static final int BENEATH = 0x08;
    private static final int OPEN_HOW_BYTES = 24;
    private static final int LONGEST_TARGET = 4096;
    /** PATH_MAX of linux/limits.h without the zero byte at the end: of one call, not of a tree. */
    private static final int LONGEST_PATH = 4095;

    private static final int RACES = 64;
    private static final byte[] ITSELF = {'.'};

    private Files() {}

    /**
     * Opens a directory of the settings, following links as usual.
     *
     * @param path absolute
     */
    public static Fd openRoot(Path path) throws LinuxException {
        return openat2(AT_FDCWD, Bytes.of(path), Open.READ | Open.DIRECTORY, 0, 0);
    }

    /** Opens a file or directory of the settings, following links as usual. */
    public static Fd open(Path path, int flags) throws LinuxException {
        return openat2(AT_FDCWD, Bytes.of(path), flags, 0, 0);
    }

    /**
     * Opens what is below a directory, however deep; a link anywhere on the way is refused with ELOOP, a way out with EXDEV.
     *
     * @param name one name, or several with slashes
     * @param flags of {@link Open}
     * @param mode of a file that is created, else 0
     */
    public static Fd open(Fd dir, byte[] name, int flags, int mode) throws LinuxException {
        int cut = name.length <= LONGEST_PATH ? -1 : lastSlash(name);
        if (cut > 0) {
            try (Fd next = below(dir, Arrays.copyOf(name, cut), Open.PATH | Open.DIRECTORY, 0)) {
                return open(next, Arrays.copyOfRange(name, cut + 1, name.length), flags, mode);
            }
        }
        return below(dir, name, flags, mode);
    }

    /** Of those that one call can reach. */
    private static int lastSlash(byte[] name) {
        int at = LONGEST_PATH;
        while (at > 0 && name[at] != '/') {
            at--;
        }
        return at;
    }

    private static Fd below(Fd dir, byte[] name, int flags, int mode) throws LinuxException {
        return openat2(dir.number(), Bytes.path(name), flags, mode, BENEATH | NO_SYMLINKS | NO_MAGIC_LINKS);
    }

    /** Opens a directory below another, for reading; refuses as {@link #open(Fd, byte[], int, int)} does. */
    public static Fd openDirectory(Fd dir, byte[] name) throws LinuxException {
        return open(dir, name, Open.READ | Open.DIRECTORY, 0);
    }

    /** Opens the directory once more: a listing of it begins anew. */
    public static Fd reopen(Fd dir) throws LinuxException {
        return openDirectory(dir, ITSELF);
    }

    private static Fd openat2(int dir, byte[] name, int flags, int mode, int resolve) throws LinuxException {
        try (Scratch scratch = new Scratch()) {
            MemorySegment how = scratch.zeroed(OPEN_HOW_BYTES);
            how.set(ValueLayout.JAVA_LONG, 0, flags | Open.CLOEXEC);
            how.set(ValueLayout.JAVA_LONG, 8, mode);
            how.set(ValueLayout.JAVA_LONG, 16, resolve);
            long path = scratch.text(name).address();
            for (int race = 0; ; race++) {
                long fd = Kernel.raw(Call.OPENAT2, dir, path, how.address(), OPEN_HOW_BYTES);
                if (fd >= 0) {
                    return new Fd(fd);
                }
                // a rename elsewhere made the kernel unsure whether the way stayed beneath
                if (Errno.of((int) -fd) != Errno.EAGAIN || race == RACES) {
                    throw new LinuxException(Call.OPENAT2, "'" + Bytes.readable(name) + "'", (int) -fd);
                }
            }
        }
    }

    /** The mode loses the bits of the process's umask. */
    public static void mkdir(Fd dir, byte[] name, int mode) throws LinuxException {
        at(Call.MKDIRAT, dir, name, mode);
    }

    /**
     * Makes a symbolic link.
     *
     * @param target any bytes but zero; nothing asks what it leads to
     */
    public static void symlink(byte[] target, Fd dir, byte[] name) throws LinuxException {
        try (Scratch scratch = new Scratch()) {
            long text = scratch.text(Bytes.path(target)).address();
            long link = scratch.text(Bytes.component(name)).address();
            Kernel.call(Call.SYMLINKAT, name, text, dir.number(), link);
        }
    }

    /** Gives the file a second name; a symbolic link is linked itself. */
    public static void link(Fd fromDir, byte[] from, Fd toDir, byte[] to) throws LinuxException {
        try (Scratch scratch = new Scratch()) {
            long old = scratch.text(Bytes.component(from)).address();
            long name = scratch.text(Bytes.component(to)).address();
            Kernel.call(Call.LINKAT, to, fromDir.number(), old, toDir.number(), name, 0);
        }
    }

    /** Gives the open file a name; one opened with {@link Open#PATH} will do. */
    public static void link(Fd file, Fd toDir, byte[] to) throws LinuxException {
        try (Scratch scratch = new Scratch()) {
            // by way of /proc: AT_EMPTY_PATH would take CAP_DAC_READ_SEARCH
            long old = scratch.text(Bytes.through(file, Bytes.none())).address();
            long name = scratch.text(Bytes.component(to)).address();
            Kernel.call(Call.LINKAT, to, AT_FDCWD, old, toDir.number(), name, AT_SYMLINK_FOLLOW);
        }
    }

    /** Removes anything but a directory. */
    public static void unlink(Fd dir, byte[] name) throws LinuxException {
        at(Call.UNLINKAT, dir, name, 0);
    }

    /** The same, if it is there. Takes no room, so that a full disk can be emptied. */
    public static void unlinkIfThere(Fd dir, byte[] name) throws LinuxException {
        removeIfThere(dir, name, 0);
    }

    public static void rmdir(Fd dir, byte[] name) throws LinuxException {
        at(Call.UNLINKAT, dir, name, AT_REMOVEDIR);
    }

    /** The same, if it is there. */
    public static void rmdirIfThere(Fd dir, byte[] name) throws LinuxException {
        removeIfThere(dir, name, AT_REMOVEDIR);
    }

    /**
     * Gives a file or directory another name, in one step.
     *
     * @param flags 0, {@link #NO_REPLACE} or {@link #EXCHANGE}
     */
    public static void rename(Fd fromDir, byte[] from, Fd toDir, byte[] to, int flags) throws LinuxException {
        try (Scratch scratch = new Scratch()) {
            long old = scratch.text(Bytes.component(from)).address();
            long name = scratch.text(Bytes.component(to)).address();
            Kernel.call(Call.RENAMEAT2, to, fromDir.number(), old, toDir.number(), name, flags);
        }
    }

    /** The target of a symbolic link, up to 4,095 bytes, which is as long as one can be. */
    public static byte[] readlink(Fd dir, byte[] name) throws LinuxException {
        try (Scratch scratch = new Scratch()) {
            long link = scratch.text(Bytes.component(name)).address();
            MemorySegment target = scratch.zeroed(LONGEST_TARGET);
            long length = Kernel.call(Call.READLINKAT, name, dir.number(), link, target.address(), LONGEST_TARGET);
            return target.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
        }
    }

    private static void removeIfThere(Fd dir, byte[] name, int flags) throws LinuxException {
        try {
            at(Call.UNLINKAT, dir, name, flags);
        } catch (LinuxException failure) {
            if (failure.errno() != Errno.ENOENT) {
                throw failure;
            }
        }
    }

    private static void at(Call call, Fd dir, byte[] name, int last) throws LinuxException {
        try (Scratch scratch = new Scratch()) {
            Kernel.call(
                    call,
                    name,
                    dir.number(),
                    scratch.text(Bytes.component(name)).address(),
                    last);
        }
    }
}
