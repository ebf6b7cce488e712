package dev.aquifer.node.linux;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;

/**
 * The content of open files. Buffers are direct ones, used from position to limit, and their position moves on. Reads,
 * writes and syncs may take long: call them from platform threads. All throw {@link LinuxException}.
 */
public final class Data {
    /** For {@link #flock}. */
    public static final int SHARED = 1;
    /** For {@link #flock}. */
    public static final int EXCLUSIVE = 2;

    private static final int NOT_BLOCKING = 4;
    private static final int SEEK_DATA = 3;
    private static final int DONT_NEED = 4;
    private static final int KEEP_SIZE = 1;
    private static final int PUNCH_HOLE = 2;
    private static final long CLONE_RANGE = 0x4020940dL;
    private static final int IOPRIO_THIS_THREAD = 1;
    private static final int IOPRIO_IDLE = 3 << 13;

    private Data() {}

    /** Says how many bytes were read: 0 at the end of the file. */
    public static int read(Fd fd, ByteBuffer into, long offset) throws LinuxException {
        return moved(into, Kernel.call(Call.PREAD64, fd, address(into), into.remaining(), offset));
    }

    /** Says how many bytes were written: perhaps fewer than there are. */
    public static int write(Fd fd, ByteBuffer from, long offset) throws LinuxException {
        return moved(from, Kernel.call(Call.PWRITE64, fd, address(from), from.remaining(), offset));
    }

    /** Writes all that is left in the buffer. */
    public static void writeFully(Fd fd, ByteBuffer from, long offset) throws LinuxException {
        for (long at = offset; from.hasRemaining(); ) {
            at += write(fd, from, at);
        }
    }

    /** Reads until the buffer is full or the file ends. */
    public static void readFully(Fd fd, ByteBuffer into, long offset) throws LinuxException {
        for (long at = offset; into.hasRemaining(); ) {
            int read = read(fd, into, at);
            if (read == 0) {
                return;
            }
            at += read;
        }
    }

    private static long address(ByteBuffer buffer) {
        if (!buffer.isDirect()) {
            throw new IllegalArgumentException("expected a direct buffer, found one on the heap");
        }
        return MemorySegment.ofBuffer(buffer).address();
    }

    private static int moved(ByteBuffer buffer, long bytes) {
        buffer.position(buffer.position() + (int) bytes);
        return (int) bytes;
    }

    public static void fsync(Fd fd) throws LinuxException {
        Kernel.call(Call.FSYNC, fd);
    }

    public static void fdatasync(Fd fd) throws LinuxException {
        Kernel.call(Call.FDATASYNC, fd);
    }

    public static void truncate(Fd fd, long size) throws LinuxException {
        Kernel.call(Call.FTRUNCATE, fd, size);
    }

    /** Gives the blocks back; the bytes read as zeros. */
    public static void punchHole(Fd fd, long offset, long length) throws LinuxException {
        Kernel.call(Call.FALLOCATE, fd, KEEP_SIZE | PUNCH_HOLE, offset, length);
    }

    /** Has the kernel forget what it holds of these bytes in memory, but for what is mapped or not written yet. */
    public static void forget(Fd fd, long offset, long length) throws LinuxException {
        Kernel.call(Call.FADVISE64, fd, offset, length, DONT_NEED);
    }

    /** Where the next data begin, at the offset or after it; ENXIO where none follow. */
    public static long nextData(Fd fd, long offset) throws LinuxException {
        return Kernel.call(Call.LSEEK, fd, offset, SEEK_DATA);
    }

    /** Shares blocks (FICLONERANGE); EOPNOTSUPP or EXDEV where the file system cannot. Aligned to its blocks. */
    public static void cloneRange(Fd from, long offset, long length, Fd to, long toOffset) throws LinuxException {
        try (Scratch scratch = new Scratch()) {
            MemorySegment range = scratch.zeroed(32);
            range.set(ValueLayout.JAVA_LONG, 0, from.number());
            range.set(ValueLayout.JAVA_LONG, 8, offset);
            range.set(ValueLayout.JAVA_LONG, 16, length);
            range.set(ValueLayout.JAVA_LONG, 24, toOffset);
            Kernel.call(Call.IOCTL, to, CLONE_RANGE, range.address());
        }
    }

    /**
     * Locks the open file, for as long as it stays open; never waits.
     *
     * @param kind {@link #SHARED} or {@link #EXCLUSIVE}
     * @throws LinuxException EAGAIN while another holds it
     */
    public static void flock(Fd fd, int kind) throws LinuxException {
        Kernel.call(Call.FLOCK, fd, kind | NOT_BLOCKING);
    }

    /** Puts the reads and writes of the calling platform thread into the idle class, for its whole life. */
    public static void idlePriority() throws LinuxException {
        Kernel.call(Call.IOPRIO_SET, Bytes.none(), IOPRIO_THIS_THREAD, 0, IOPRIO_IDLE);
    }
}
