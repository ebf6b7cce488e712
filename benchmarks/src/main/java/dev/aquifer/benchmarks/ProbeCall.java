package dev.aquifer.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/**
 * One call of {@code csi.v1.Identity/Probe} on a connection of its own, as kubelet makes its calls: HTTP/2 by hand, since
 * a client's own start would be measured too.
 */
final class ProbeCall {
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int SETTINGS = 4;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;
    private static final byte[] REQUEST = request();

    private ProbeCall() {}

    /** Returns once there is an answer; a refusal is an IOException. */
    static void make(Path socket) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            channel.write(ByteBuffer.wrap(REQUEST));
            DataInputStream answer = new DataInputStream(Channels.newInputStream(channel));
            while (true) {
                int length = answer.readUnsignedByte() << 16 | answer.readUnsignedShort();
                int type = answer.readUnsignedByte();
                int flags = answer.readUnsignedByte();
                answer.readInt();
                answer.readNBytes(length);
                if (type == DATA) {
                    return;
                }
                if (type == HEADERS && (flags & END_STREAM) != 0) {
                    throw new IOException("expected an answer, found a refusal");
                }
            }
        }
    }

    private static byte[] request() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII));
        frame(bytes, SETTINGS, 0, 0, new byte[0]);
        frame(bytes, HEADERS, END_HEADERS, 1, headers());
        frame(bytes, DATA, END_STREAM, 1, new byte[5]);
        return bytes.toByteArray();
    }

    /** In the plainest form of RFC 7541: names from the static table, values as they are. */
    private static byte[] headers() {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        block.write(0x83); // :method POST
        block.write(0x86); // :scheme http
        block.write(0x04); // :path
        text(block, "/csi.v1.Identity/Probe");
        block.write(0x01); // :authority
        text(block, "localhost");
        block.write(0x0f);
        block.write(0x10); // content-type
        text(block, "application/grpc");
        block.write(0x00);
        text(block, "te");
        text(block, "trailers");
        return block.toByteArray();
    }

    private static void text(ByteArrayOutputStream block, String text) {
        block.write(text.length());
        block.writeBytes(text.getBytes(US_ASCII));
    }

    private static void frame(ByteArrayOutputStream bytes, int type, int flags, int stream, byte[] payload) {
        bytes.writeBytes(ByteBuffer.allocate(9)
                .putInt(payload.length << 8 | type)
                .put((byte) flags)
                .putInt(stream)
                .array());
        bytes.writeBytes(payload);
    }
}
