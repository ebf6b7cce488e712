package dev.aquifer.node.transfer;

import dev.aquifer.node.dataset.DatasetPath;
import dev.aquifer.node.dataset.Hash;
import dev.aquifer.node.dataset.InvalidListing;
import dev.aquifer.node.dataset.Timestamp;
import dev.aquifer.node.dataset.Version;
import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request for chunks, big-endian: u16 count, then for each u32 length of the path, path, i64 seconds and u32
 * nanoseconds of the change, u64 inode, i64 size, i64 offset, u8 flags (1 fresh, 2 a known digest follows), 32-byte digest.
 */
public final class ChunksCodec {
    private static final int FIXED = 4 + 12 + 8 + 8 + 8 + 1;
    private static final int FRESH = 1;
    private static final int KNOWN = 2;

    private ChunksCodec() {}

    /** Bytes that this request adds to a body of at most {@link Wire#LONGEST_REQUEST}. */
    public static int length(ChunkRequest request) {
        return FIXED + request.path().bytes().length + (request.known() == null ? 0 : Hash.LENGTH);
    }

    /** The body; at most {@link Wire#MOST_CHUNKS} chunks of {@link Wire#MOST_BYTES} together. */
    public static byte[] encode(List<ChunkRequest> requests) {
        requireBounds(
                requests.size(),
                requests.stream().mapToLong(ChunkRequest::length).sum());
        var out = new ByteArrayOutputStream();
        out.writeBytes(ByteBuffer.allocate(2).putShort((short) requests.size()).array());
        requests.forEach(request -> out.writeBytes(encode(request)));
        return out.toByteArray();
    }

    /**
     * Reads a body: all of it is checked now, and each request is made when it is come to, since all at once would take several
     * times the memory of the body.
     *
     * @throws InvalidMessage when it is none
     */
    public static Iterable<ChunkRequest> parse(byte[] body) throws InvalidMessage {
        try {
            var in = ByteBuffer.wrap(body);
            int count = in.getShort() & 0xffff;
            if (count > Math.min(Wire.MOST_CHUNKS, in.remaining() / FIXED)) {
                throw new InvalidMessage("Expected at most %d chunks in %d bytes, found %d"
                        .formatted(Wire.MOST_CHUNKS, body.length, count));
            }
            long bytes = 0;
            for (int i = 0; i < count; i++) {
                bytes += parse(in).length();
            }
            if (in.hasRemaining()) {
                throw new InvalidMessage(
                        "Expected the end of a request, found %d bytes more".formatted(in.remaining()));
            }
            requireBounds(count, bytes);
            return () -> new ChunkRequests(ByteBuffer.wrap(body, 2, body.length - 2));
        } catch (BufferUnderflowException e) {
            throw new InvalidMessage("Expected a whole request for chunks, found a part of one", e);
        } catch (InvalidListing e) {
            throw new InvalidMessage(e.getMessage() == null ? "Expected a request for chunks" : e.getMessage(), e);
        }
    }

    private static byte[] encode(ChunkRequest request) {
        var path = request.path().bytes();
        var version = request.version();
        var known = request.known();
        int flags = (request.fresh() ? FRESH : 0) | (known == null ? 0 : KNOWN);
        var out = ByteBuffer.allocate(length(request))
                .putInt(path.length)
                .put(path)
                .putLong(version.changed().seconds())
                .putInt(version.changed().nanos())
                .putLong(version.inode())
                .putLong(request.size())
                .putLong(request.offset())
                .put((byte) flags);
        return known == null ? out.array() : out.put(known.bytes()).array();
    }

    /** The request at the buffer's position, which ends up behind it. */
    static ChunkRequest parse(ByteBuffer in) {
        var path = DatasetPath.parse(take(in, in.getInt()));
        var version = new Version(new Timestamp(in.getLong(), in.getInt()), in.getLong());
        long size = in.getLong();
        long offset = in.getLong();
        int flags = in.get();
        if ((flags & ~(FRESH | KNOWN)) != 0) {
            throw new InvalidListing("Expected flags 0 to 3, found %02x".formatted(flags & 0xff));
        }
        return new ChunkRequest(path, version, size, offset, (flags & FRESH) != 0, known(in, flags));
    }

    private static @Nullable Hash known(ByteBuffer in, int flags) {
        return (flags & KNOWN) == 0 ? null : Hash.of(take(in, Hash.LENGTH));
    }

    private static byte[] take(ByteBuffer in, int length) {
        if (length < 0 || length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        var bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    private static void requireBounds(int count, long bytes) {
        if (count > Wire.MOST_CHUNKS || bytes > Wire.MOST_BYTES) {
            throw new InvalidListing("Expected at most %d chunks of %d bytes together, found %d of %d"
                    .formatted(Wire.MOST_CHUNKS, Wire.MOST_BYTES, count, bytes));
        }
    }
}
