package dev.aquifer.node.remote;

import dev.aquifer.node.transfer.Wire;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * What comes over a connection, at a least pace for each answer: with a time limit for single reads alone, an origin could hold
 * a fill for ever by a byte now and then.
 */
final class PacedInput extends FilterInputStream {
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(Wire.GRACE_SECONDS);

    private final LongSupplier nanoTime;
    private long since;
    private long bytes;

    PacedInput(InputStream in, LongSupplier nanoTime) {
        super(in);
        this.nanoTime = nanoTime;
        begin();
    }

    /** An answer is to come. */
    void begin() {
        since = nanoTime.getAsLong();
        bytes = 0;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int read = super.read(into, offset, length);
        bytes += Math.max(0, read);
        long nanos = nanoTime.getAsLong() - since - GRACE_NANOS;
        if (nanos > 0 && bytes < nanos / 1e9 * Wire.LEAST_PACE) {
            throw new SocketTimeoutException("it sends less than %d bytes each second".formatted(Wire.LEAST_PACE));
        }
        return read;
    }
}
