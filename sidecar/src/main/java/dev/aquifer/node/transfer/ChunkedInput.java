package dev.aquifer.node.transfer;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * The body of a chunked HTTP message (RFC 9112 section 7.1), straight from the stream below. It ends where the message ends,
 * trailers are refused, and the stream below stays open.
 */
public final class ChunkedInput extends InputStream {
    private static final int LONGEST_LINE = 16;

    private final InputStream in;
    private long left;
    private boolean started;
    private boolean ended;

    public ChunkedInput(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (left == 0 && !nextChunk()) {
            return -1;
        }
        int read = in.read(into, offset, (int) Math.min(length, left));
        if (read < 0) {
            throw new EOFException("Expected %d bytes more of a body, found the end of the connection".formatted(left));
        }
        left -= read;
        return read;
    }

    /**
     * Reads the end of the message.
     *
     * @throws InvalidMessage when there is more of it
     */
    public void finish() throws IOException {
        if (read() >= 0) {
            throw new InvalidMessage("Expected the end of a body, found more bytes");
        }
    }

    private boolean nextChunk() throws IOException {
        if (ended) {
            return false;
        }
        var lines = new Lines(in, LONGEST_LINE);
        if (started && !lines.require().isEmpty()) {
            throw new InvalidMessage("Expected the end of an HTTP chunk, found more bytes");
        }
        started = true;
        left = size(lines.require());
        if (left > 0) {
            return true;
        }
        ended = true;
        if (!lines.require().isEmpty()) {
            throw new InvalidMessage("Expected a body without trailers, found one");
        }
        return false;
    }

    private static long size(String line) throws InvalidMessage {
        try {
            if (!line.isEmpty() && line.length() <= 8 && line.charAt(0) != '+' && line.charAt(0) != '-') {
                return Long.parseLong(line, 16);
            }
        } catch (NumberFormatException e) {
            throw new InvalidMessage(
                    "Expected the size of an HTTP chunk in hexadecimal, found '%s'".formatted(line), e);
        }
        throw new InvalidMessage("Expected the size of an HTTP chunk in hexadecimal, found '%s'".formatted(line));
    }
}
