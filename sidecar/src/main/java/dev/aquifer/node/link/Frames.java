package dev.aquifer.node.link;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/** JSON objects on a stream: the length in four bytes, big-endian, then that many bytes of UTF-8. */
final class Frames {
    /** Bounds what a peer makes us allocate; a status of 10,000 snapshots is smaller. */
    private static final int MAX_BYTES = 16 << 20;

    private Frames() {}

    static void write(WritableByteChannel channel, JsonObject json) throws IOException {
        byte[] bytes = json.encode().getBytes(UTF_8);
        if (bytes.length > MAX_BYTES) {
            throw new LinkException(
                    "expected a message of at most %d bytes, found %d".formatted(MAX_BYTES, bytes.length));
        }
        ByteBuffer frame = ByteBuffer.allocate(4 + bytes.length)
                .putInt(bytes.length)
                .put(bytes)
                .flip();
        while (frame.hasRemaining()) {
            channel.write(frame);
        }
    }

    static JsonObject read(ReadableByteChannel channel) throws IOException {
        int length = exactly(channel, 4).getInt();
        if (length < 0 || length > MAX_BYTES) {
            throw new LinkException("expected a message of at most %d bytes, found one of %d"
                    .formatted(MAX_BYTES, Integer.toUnsignedLong(length)));
        }
        try {
            return new JsonObject(UTF_8.decode(exactly(channel, length)).toString());
        } catch (DecodeException wrong) {
            throw new LinkException("expected a JSON object, found something else", wrong);
        }
    }

    private static ByteBuffer exactly(ReadableByteChannel channel, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes) < 0) {
                throw new EOFException("the other process closed the connection");
            }
        }
        return bytes.flip();
    }
}
