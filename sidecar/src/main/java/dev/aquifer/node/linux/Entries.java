package dev.aquifer.node.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/**
 * The names in a directory, in the kernel's order, without "." and ".."; read as they are asked for, in bounded memory.
 * For one thread; it does not close the directory.
 */
public final class Entries implements AutoCloseable {
    private static final int BUFFER = 32 * 1024;
    private static final int NAME = 19;

    private final Fd dir;
    private final Arena arena = Arena.ofConfined();
    private final MemorySegment buffer = arena.allocate(BUFFER, Long.BYTES);
    private long at;
    private long end;

    /** @param dir opened for reading, not before read by another listing */
    public Entries(Fd dir) {
        this.dir = dir;
    }

    /** The next name, or null at the end. */
    public @Nullable Entry next() throws LinuxException {
        while (true) {
            if (at == end && !refill()) {
                return null;
            }
            long start = at;
            at += buffer.get(ValueLayout.JAVA_SHORT, start + 16) & 0xffff;
            if (!isDots(start + NAME)) {
                return entry(start);
            }
        }
    }

    private boolean refill() throws LinuxException {
        at = 0;
        end = Kernel.call(Call.GETDENTS64, dir, buffer.address(), BUFFER);
        return end > 0;
    }

    private Entry entry(long start) {
        long length = 0;
        while (byteAt(start + NAME + length) != 0) {
            length++;
        }
        byte[] name = buffer.asSlice(start + NAME, length).toArray(ValueLayout.JAVA_BYTE);
        FileType type = FileType.of(byteAt(start + 18));
        return new Entry(name, type, buffer.get(ValueLayout.JAVA_LONG, start));
    }

    private boolean isDots(long name) {
        return byteAt(name) == '.' && (byteAt(name + 1) == 0 || (byteAt(name + 1) == '.' && byteAt(name + 2) == 0));
    }

    private byte byteAt(long offset) {
        return buffer.get(ValueLayout.JAVA_BYTE, offset);
    }

    @Override
    public void close() {
        arena.close();
    }
}
