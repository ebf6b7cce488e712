package dev.aquifer.node.transfer;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The body of a chunked HTTP message. What is written is gathered, so that framing costs no packets of its own; closing
 * ends the message and leaves the stream below open.
 */
public final class ChunkedOutput extends OutputStream {
    /** Bytes gathered before they are sent. */
    public static final int GATHERED = 64 << 10;

    private static final int BEFORE = 7;
    private static final byte[] LAST = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final OutputStream out;
    /** Size line, payload, CR LF: one write of one buffer. */
    private final byte[] buffer = new byte[BEFORE + GATHERED + 2];

    private int used;

    public ChunkedOutput(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
        if (used == GATHERED) {
            send();
        }
        buffer[BEFORE + used++] = (byte) b;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int from = offset;
        int end = offset + length;
        while (from < end) {
            if (used == GATHERED) {
                send();
            }
            int taken = Math.min(end - from, GATHERED - used);
            System.arraycopy(bytes, from, buffer, BEFORE + used, taken);
            used += taken;
            from += taken;
        }
    }

    /** Writes what is left in the buffer. */
    public void write(ByteBuffer from) throws IOException {
        while (from.hasRemaining()) {
            if (used == GATHERED) {
                send();
            }
            int taken = Math.min(from.remaining(), GATHERED - used);
            from.get(buffer, BEFORE + used, taken);
            used += taken;
        }
    }

    @Override
    public void flush() throws IOException {
        send();
        out.flush();
    }

    @Override
    public void close() throws IOException {
        send();
        out.write(LAST);
        out.flush();
    }

    private void send() throws IOException {
        if (used == 0) {
            return;
        }
        var size = "%05x\r\n".formatted(used).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(size, 0, buffer, 0, BEFORE);
        buffer[BEFORE + used] = '\r';
        buffer[BEFORE + used + 1] = '\n';
        out.write(buffer, 0, BEFORE + used + 2);
        used = 0;
    }
}
