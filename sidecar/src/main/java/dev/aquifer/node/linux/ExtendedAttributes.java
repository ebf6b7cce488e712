package dev.aquifer.node.linux;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/** Reads extended attributes by the shortest way that the kernel has: most files have none, and each is asked. */
final class ExtendedAttributes {
    private static final int USUAL_VALUE = 512;
    private static final int LARGEST_VALUE = 65_536;
    /** {@code struct xattr_args} of {@code linux/xattr.h}. */
    private static final int ARGUMENTS_BYTES = 16;

    /** getxattrat is there from Linux 6.13 on; who hears otherwise says so, and to hear it twice does no harm. */
    private static volatile boolean directly = true;

    private ExtendedAttributes() {}

    static byte @Nullable [] get(Fd dir, byte[] name, byte[] attribute) throws LinuxException {
        try (Scratch scratch = new Scratch()) {
            MemorySegment key = scratch.text(attribute);
            MemorySegment value = scratch.zeroed(USUAL_VALUE);
            long length = get(scratch, dir, name, key, value);
            if (length < 0 && Errno.of((int) -length) == Errno.ERANGE) {
                value = scratch.zeroed(LARGEST_VALUE);
                length = get(scratch, dir, name, key, value);
            }
            if (length >= 0) {
                return value.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
            }
            return switch (Errno.of((int) -length)) {
                case ENODATA, EOPNOTSUPP -> null;
                default -> throw new LinuxException(Call.GETXATTRAT, "'" + Bytes.readable(name) + "'", (int) -length);
            };
        }
    }

    private static long get(Scratch scratch, Fd dir, byte[] name, MemorySegment key, MemorySegment value) {
        if (directly) {
            long length = getDirectly(scratch, dir, name, key, value);
            if (length >= 0 || Errno.of((int) -length) != Errno.ENOSYS) {
                return length;
            }
            directly = false;
        }
        return getThroughProc(scratch, dir, name, key, value);
    }

    private static long getDirectly(Scratch scratch, Fd dir, byte[] name, MemorySegment key, MemorySegment value) {
        MemorySegment arguments = scratch.zeroed(ARGUMENTS_BYTES);
        arguments.set(ValueLayout.JAVA_LONG, 0, value.address());
        arguments.set(ValueLayout.JAVA_INT, 8, (int) value.byteSize());
        boolean itself = name.length == 0;
        int flags = itself ? Files.AT_EMPTY_PATH : Files.AT_SYMLINK_NOFOLLOW;
        long path = scratch.text(itself ? name : Bytes.component(name)).address();
        return Kernel.raw(
                Call.GETXATTRAT, dir.number(), path, flags, key.address(), arguments.address(), ARGUMENTS_BYTES);
    }

    static long getThroughProc(Scratch scratch, Fd dir, byte[] name, MemorySegment key, MemorySegment value) {
        // the link that /proc has for the directory is followed, one in the directory is not
        Call call = name.length == 0 ? Call.GETXATTR : Call.LGETXATTR;
        long path = scratch.text(Bytes.through(dir, name)).address();
        return Kernel.raw(call, path, key.address(), value.address(), value.byteSize());
    }
}
