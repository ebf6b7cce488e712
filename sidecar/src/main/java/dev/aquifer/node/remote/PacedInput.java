package dev.aquifer.node.remote;

import dev.aquifer.node.deadline.Deadline;
import dev.aquifer.node.transfer.Wire;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * What comes over a connection, at a least pace for each answer: with a time limit for single reads alone, an origin could hold
 * a fill for ever by a byte now and then. A read that gives nothing at all is ended too: TLS takes messages of its own in it,
 * for as long as they come.
 */
final class PacedInput extends FilterInputStream {
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(Wire.GRACE_SECONDS);

    private final LongSupplier nanoTime;
    private final Closeable connection;
    private final Duration longest;
    private Deadline deadline;
    private long armed;
    private long since;
    private long bytes;

    /**
     * What is to be read from a connection.
     *
     * @param longest one read takes at most so much, and half of it in any case
     */
    PacedInput(InputStream in, LongSupplier nanoTime, Closeable connection, Duration longest) {
        super(in);
        this.nanoTime = nanoTime;
        this.connection = connection;
        this.longest = longest;
        this.since = nanoTime.getAsLong();
        this.armed = since;
        this.deadline = Deadline.in(longest, connection);
    }

    /** An answer is to come. */
    void begin() {
        since = nanoTime.getAsLong();
        bytes = 0;
        arm(since);
    }

    /** No answer is to come for a while. */
    void rest() {
        deadline.close();
    }

    /** Not for each read, of which there are many. */
    private void arm(long now) {
        deadline.close();
        deadline = Deadline.in(longest, connection);
        armed = now;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int read = readInTime(into, offset, length);
        bytes += Math.max(0, read);
        long now = nanoTime.getAsLong();
        if (now - armed > longest.toNanos() / 2) {
            arm(now);
        }
        long nanos = now - since - GRACE_NANOS;
        if (nanos > 0 && bytes < nanos / 1e9 * Wire.LEAST_PACE) {
            throw new SocketTimeoutException("it sends less than %d bytes each second".formatted(Wire.LEAST_PACE));
        }
        return read;
    }

    private int readInTime(byte[] into, int offset, int length) throws IOException {
        try {
            return super.read(into, offset, length);
        } catch (IOException failure) {
            if (deadline.isPassed()) {
                throw new SocketTimeoutException("it sends nothing for %d s".formatted(longest.toSeconds()));
            }
            throw failure;
        }
    }
}
