package dev.aquifer.node.cache;

import dev.aquifer.node.dataset.Hash;
import dev.aquifer.node.linux.Fd;
import dev.aquifer.node.linux.Files;
import dev.aquifer.node.linux.Open;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The SHA-256 of each chunk of a snapshot, in the order of {@link ListingWalk}: 32 bytes each. In a fill, a chunk has its
 * digest here once its verified bytes were written; zeros mean that it is missing.
 */
public final class DigestFile implements AutoCloseable {
    private static final byte[] NONE = new byte[Hash.LENGTH];
    private static final int COPY_BUFFER = 1 << 16;

    private final FileChannel channel;

    private DigestFile(FileChannel channel) {
        this.channel = channel;
    }

    static DigestFile open(Fd dir, byte[] name) throws IOException {
        try (Fd file = Files.open(dir, name, Open.READ_WRITE | Open.CREATE, 0600)) {
            return new DigestFile(FileChannel.open(file.path(), StandardOpenOption.READ, StandardOpenOption.WRITE));
        }
    }

    /** The chunk's digest; null where it has none. */
    public @Nullable Hash get(long chunk) throws IOException {
        byte[] bytes = new byte[Hash.LENGTH];
        ByteBuffer slot = ByteBuffer.wrap(bytes);
        while (slot.hasRemaining() && channel.read(slot, chunk * Hash.LENGTH + slot.position()) > 0) {
            // until the slot is full or the file ends
        }
        return java.util.Arrays.equals(bytes, NONE) ? null : Hash.of(bytes);
    }

    public void put(long chunk, Hash digest) throws IOException {
        write(ByteBuffer.wrap(digest.bytes()), chunk);
    }

    /** Takes a chunk's digest away: its bytes are not what they should be. */
    public void clear(long chunk) throws IOException {
        write(ByteBuffer.allocate(Hash.LENGTH), chunk);
    }

    /** How many of these chunks have a digest. */
    public long present(long first, long count) throws IOException {
        long present = 0;
        for (long chunk = first; chunk < first + count; chunk++) {
            if (get(chunk) != null) {
                present++;
            }
        }
        return present;
    }

    /** Takes over a run of digests from another snapshot's. */
    public void copy(DigestFile from, long first, long to, long count) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(COPY_BUFFER, count * Hash.LENGTH));
        for (long done = 0; done < count; ) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), (count - done) * Hash.LENGTH));
            from.fill(buffer, first + done);
            int digests = buffer.position() / Hash.LENGTH;
            write(buffer.flip(), to + done);
            done += digests;
        }
    }

    public void sync() throws IOException {
        channel.force(false);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** Fills the buffer; what lies behind the end of the file are zeros. */
    private void fill(ByteBuffer buffer, long chunk) throws IOException {
        while (buffer.hasRemaining() && channel.read(buffer, chunk * Hash.LENGTH + buffer.position()) > 0) {
            // until it is full or the file ends
        }
        while (buffer.hasRemaining()) {
            buffer.put((byte) 0);
        }
    }

    private void write(ByteBuffer digests, long chunk) throws IOException {
        long start = chunk * Hash.LENGTH;
        while (digests.hasRemaining()) {
            channel.write(digests, start + digests.position());
        }
    }
}
