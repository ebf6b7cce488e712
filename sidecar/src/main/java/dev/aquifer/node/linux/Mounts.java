package dev.aquifer.node.linux;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/** Mounting, by descriptors wherever the kernel can ({@code linux/mount.h}). All throw {@link LinuxException}. */
public final class Mounts {
    /** For {@link #setAttributes}, and with the same meaning in {@link #remount}. */
    public static final int READ_ONLY = 1;

    public static final int NO_SUID = 2;
    public static final int NO_DEV = 4;

    private static final int OPEN_TREE_CLONE = 1;
    private static final int OPEN_TREE_CLOEXEC = Open.CLOEXEC;
    private static final int MOVE_FROM_EMPTY_PATH = 0x04;
    private static final int MOVE_TO_EMPTY_PATH = 0x40;
    private static final int ATTRIBUTES_BYTES = 32;
    private static final int MS_REMOUNT = 0x20;
    private static final int MS_BIND = 0x1000;
    private static final int MS_PRIVATE = 0x40000;
    private static final int DETACH = 2;
    private static final int UMOUNT_NOFOLLOW = 8;

    private Mounts() {}

    /** A copy of the directory's mount, rooted in it and attached nowhere yet. */
    public static Fd openTree(Fd dir) throws LinuxException {
        try (Scratch scratch = new Scratch()) {
            long empty = scratch.text(Bytes.none()).address();
            int flags = OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | Files.AT_EMPTY_PATH;
            return new Fd(Kernel.call(Call.OPEN_TREE, dir, empty, flags));
        }
    }

    /** Sets attributes of a tree before anyone can see it; ENOSYS on kernels before 5.12. */
    public static void setAttributes(Fd tree, int attributes) throws LinuxException {
        try (Scratch scratch = new Scratch()) {
            MemorySegment value = scratch.zeroed(ATTRIBUTES_BYTES);
            value.set(ValueLayout.JAVA_LONG, 0, attributes);
            long empty = scratch.text(Bytes.none()).address();
            Kernel.call(Call.MOUNT_SETATTR, tree, empty, Files.AT_EMPTY_PATH, value.address(), ATTRIBUTES_BYTES);
        }
    }

    /** Attaches the tree at the directory, which may have been opened with {@link Open#PATH}. */
    public static void move(Fd tree, Fd target) throws LinuxException {
        try (Scratch scratch = new Scratch()) {
            long empty = scratch.text(Bytes.none()).address();
            int flags = MOVE_FROM_EMPTY_PATH | MOVE_TO_EMPTY_PATH;
            Kernel.call(Call.MOVE_MOUNT, tree, empty, target.number(), empty, flags);
        }
    }

    /** Binds one directory to another; it is as writable as the first. */
    public static void bind(Fd from, Fd target) throws LinuxException {
        mount(Bytes.through(from, Bytes.none()), Bytes.through(target, Bytes.none()), MS_BIND);
    }

    /** Sets attributes of the mount at a path; they reach no other mount namespace. */
    public static void remount(byte[] target, int attributes) throws LinuxException {
        mount(Bytes.none(), target, MS_BIND | MS_REMOUNT | attributes);
    }

    /** What is mounted below it stays in this mount namespace. */
    public static void makePrivate(byte[] target) throws LinuxException {
        mount(Bytes.none(), target, MS_PRIVATE);
    }

    private static void mount(byte[] source, byte[] target, int flags) throws LinuxException {
        try (Scratch scratch = new Scratch()) {
            long from = scratch.text(Bytes.path(source)).address();
            long to = scratch.text(Bytes.path(target)).address();
            Kernel.call(Call.MOUNT, target, from, to, 0, flags, 0);
        }
    }

    /**
     * Shows two directories as one, with no layer that takes writes: the file system itself is read-only. Marks of other
     * overlays in them mean nothing.
     *
     * @param source a name for the mount table
     */
    public static void overlay(String source, Fd upper, Fd lower, Fd target, int attributes) throws LinuxException {
        String options = "lowerdir=/proc/self/fd/%d:/proc/self/fd/%d,redirect_dir=nofollow,metacopy=off"
                .formatted(upper.number(), lower.number());
        byte[] at = Bytes.through(target, Bytes.none());
        try (Scratch scratch = new Scratch()) {
            long name = scratch.text(ascii(source)).address();
            long to = scratch.text(at).address();
            long type = scratch.text(ascii("overlay")).address();
            Kernel.call(
                    Call.MOUNT,
                    at,
                    name,
                    to,
                    type,
                    attributes,
                    scratch.text(ascii(options)).address());
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Takes the topmost mount away; what is open in it stays open. EINVAL where nothing is mounted. */
    public static void unmount(byte[] target) throws LinuxException {
        try (Scratch scratch = new Scratch()) {
            long path = scratch.text(Bytes.path(target)).address();
            Kernel.call(Call.UMOUNT2, target, path, DETACH | UMOUNT_NOFOLLOW);
        }
    }
}
