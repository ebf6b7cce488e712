package dev.aquifer.node.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Memory outside the heap for one system call, freed after it. */
final class Scratch implements AutoCloseable {
    /** Enough for a name, its attributes and one more: a call for each file is to allocate once. */
    private static final long USUAL = 1_024;

    private final Arena arena = Arena.ofConfined();
    private final MemorySegment usual = arena.allocate(USUAL, Long.BYTES);
    private long taken;

    /** The text with a zero behind it. */
    MemorySegment text(byte[] bytes) {
        MemorySegment text = zeroed(bytes.length + 1L);
        MemorySegment.copy(bytes, 0, text, ValueLayout.JAVA_BYTE, 0, bytes.length);
        return text;
    }

    /** Zeroed bytes, aligned for 64-bit values. */
    MemorySegment zeroed(long bytes) {
        if (bytes > USUAL - taken) {
            return arena.allocate(bytes, Long.BYTES);
        }
        MemorySegment next = usual.asSlice(taken, bytes);
        taken = Math.min(USUAL, Math.ceilDiv(taken + bytes, Long.BYTES) * Long.BYTES);
        return next;
    }

    @Override
    public void close() {
        arena.close();
    }
}
