package dev.aquifer.node.linux;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * fs-verity ({@code linux/fsverity.h}, {@code Documentation/filesystems/fsverity.rst}): from then on nobody changes the bytes
 * of the file, and each page that the kernel reads from the disk is checked against a tree of hashes beside it. What does not
 * fit is EIO, or SIGBUS in a mapping.
 */
public final class Verity {
    private static final long ENABLE = 0x40806685L;
    private static final int ARGUMENT_BYTES = 128;
    private static final int VERSION = 1;
    private static final int SHA256 = 1;
    private static final int BLOCK_BYTES = 4096;

    private Verity() {}

    /**
     * Switches it on, for good; reads the whole file to do so.
     *
     * @param file open for reading, and nowhere for writing; not immutable yet
     * @throws LinuxException EEXIST where it is on, ETXTBSY while somebody has the file open for writing, EOPNOTSUPP or ENOTTY
     *     where the file system or the kernel has none
     */
    public static void enable(Fd file) throws LinuxException {
        try (Scratch scratch = new Scratch()) {
            MemorySegment argument = scratch.zeroed(ARGUMENT_BYTES);
            argument.set(ValueLayout.JAVA_INT, 0, VERSION);
            argument.set(ValueLayout.JAVA_INT, 4, SHA256);
            argument.set(ValueLayout.JAVA_INT, 8, BLOCK_BYTES);
            Kernel.call(Call.IOCTL, file, ENABLE, argument.address());
        }
    }
}
