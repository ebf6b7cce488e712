package dev.aquifer.node.origin.serve;

import dev.aquifer.node.transfer.Wire;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Writes through, and lets another thread see whether the reader takes an answer at the least pace. Only the time within writes
 * counts: what the source's file system or a bound on the bandwidth takes is not the reader's fault.
 */
final class ProgressOutput extends FilterOutputStream {
    /** How one answer goes. */
    static final class Progress {
        private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(Wire.GRACE_SECONDS);

        private final LongSupplier nanoTime;
        private boolean writing;
        private long begun;
        private long spent;
        private long bytes;

        Progress(LongSupplier nanoTime) {
            this.nanoTime = nanoTime;
        }

        /** An answer is to come. */
        synchronized void begin() {
            spent = 0;
            bytes = 0;
        }

        synchronized boolean isStalled() {
            if (!writing) {
                return false;
            }
            long now = nanoTime.getAsLong() - begun;
            long late = spent + now - GRACE_NANOS;
            return now > GRACE_NANOS || (late > 0 && bytes < late / 1e9 * Wire.LEAST_PACE);
        }

        private synchronized void write() {
            begun = nanoTime.getAsLong();
            writing = true;
        }

        private synchronized void written(int length) {
            writing = false;
            spent += nanoTime.getAsLong() - begun;
            bytes += length;
        }
    }

    private final Progress progress;

    ProgressOutput(OutputStream out, Progress progress) {
        super(out);
        this.progress = progress;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        progress.write();
        try {
            out.write(bytes, offset, length);
        } finally {
            progress.written(length);
        }
    }
}
