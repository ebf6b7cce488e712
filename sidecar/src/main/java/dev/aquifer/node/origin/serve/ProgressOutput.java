package dev.aquifer.node.origin.serve;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/** Writes through, and lets another thread see for how long a write has been stuck. */
final class ProgressOutput extends FilterOutputStream {
    /** When the write under way began. */
    static final class Progress {
        private volatile long begun;
        private volatile boolean writing;

        boolean isStalled(Duration limit) {
            return writing && System.nanoTime() - begun > limit.toNanos();
        }
    }

    private final Progress progress;

    ProgressOutput(OutputStream out, Progress progress) {
        super(out);
        this.progress = progress;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        progress.begun = System.nanoTime();
        progress.writing = true;
        try {
            out.write(bytes, offset, length);
        } finally {
            progress.writing = false;
        }
    }
}
