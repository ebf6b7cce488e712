package dev.aquifer.node.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Memory outside the heap for one system call, freed after it. */
final class Scratch implements AutoCloseable {
    private final Arena arena = Arena.ofConfined();

    /** The text with a zero behind it. */
    MemorySegment text(byte[] bytes) {
        MemorySegment text = arena.allocate(bytes.length + 1L);
        MemorySegment.copy(bytes, 0, text, ValueLayout.JAVA_BYTE, 0, bytes.length);
        return text;
    }

    /** Zeroed bytes, aligned for 64-bit values. */
    MemorySegment zeroed(long bytes) {
        return arena.allocate(bytes, Long.BYTES);
    }

    @Override
    public void close() {
        arena.close();
    }
}
