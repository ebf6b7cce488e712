package dev.aquifer.node.linux;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * How full a file system is, and how it is mounted where it was asked ({@code struct statfs} of {@code asm/statfs.h}).
 *
 * @param type its magic number ({@code linux/magic.h})
 * @param blockSize the unit of the three that follow, in bytes
 * @param available free for all but root
 * @param files inodes in all; 0 where they are made as needed
 */
public record FileSystem(
        long type, long blockSize, long blocks, long free, long available, long files, long freeFiles, long flags) {
    private static final int BYTES = 120;
    private static final int READ_ONLY = 1;
    private static final int NO_SUID = 2;
    private static final int NO_DEV = 4;

    /** Asks about the file system of an open file; the kernel may refuse. */
    public static FileSystem of(Fd fd) throws LinuxException {
        try (Scratch scratch = new Scratch()) {
            MemorySegment answer = scratch.zeroed(BYTES);
            Kernel.call(Call.FSTATFS, fd, answer.address());
            return new FileSystem(
                    word(answer, 0),
                    word(answer, 9),
                    word(answer, 2),
                    word(answer, 3),
                    word(answer, 4),
                    word(answer, 5),
                    word(answer, 6),
                    word(answer, 10));
        }
    }

    public long totalBytes() {
        return blocks * blockSize;
    }

    public long availableBytes() {
        return available * blockSize;
    }

    public boolean readOnly() {
        return (flags & READ_ONLY) != 0;
    }

    public boolean noSuid() {
        return (flags & NO_SUID) != 0;
    }

    public boolean noDevices() {
        return (flags & NO_DEV) != 0;
    }

    private static long word(MemorySegment answer, int index) {
        return answer.getAtIndex(ValueLayout.JAVA_LONG, index);
    }
}
