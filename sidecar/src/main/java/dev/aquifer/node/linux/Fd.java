package dev.aquifer.node.linux;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/** Owns an open descriptor and closes it once. Using a closed one is an error here, never a call on somebody else's file. */
public final class Fd implements AutoCloseable {
    private final int number;
    private final AtomicBoolean closed = new AtomicBoolean();

    Fd(long number) {
        this.number = Math.toIntExact(number);
    }

    /** The descriptor as the kernel knows it; IllegalStateException once it is closed. */
    public int number() {
        if (closed.get()) {
            throw new IllegalStateException("descriptor %d is closed already".formatted(number));
        }
        return number;
    }

    /** A path to the open file itself, for what takes only paths, such as a {@code FileChannel}. */
    public Path path() {
        return Path.of("/proc/self/fd", Integer.toString(number()));
    }

    /** Errors of the close are not reported: data that must be safe was synced before. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            // never twice: it is closed also where that was interrupted, and its number may be another file's by then
            Kernel.once(Call.CLOSE, number);
        }
    }
}
