package dev.aquifer.node.cache;

import dev.aquifer.node.dataset.Hash;
import dev.aquifer.node.linux.Data;
import dev.aquifer.node.linux.Fd;
import dev.aquifer.node.linux.Files;
import dev.aquifer.node.linux.LinuxException;
import dev.aquifer.node.linux.Open;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The SHA-256 of each chunk of a snapshot, in the order of {@link ListingWalk}: 32 bytes each. In a fill, a chunk has its
 * digest here once its verified bytes were written; zeros mean that it is missing. A further name of a file has none: ones
 * stand for the first of its chunks, which is read by its first name. For many threads.
 */
public final class DigestFile implements AutoCloseable {
    private static final byte[] NONE = new byte[Hash.LENGTH];
    private static final byte[] FURTHER_NAME = furtherName();
    private static final int MOST = 2048;

    private final Fd fd;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(MOST * Hash.LENGTH);

    private DigestFile(Fd fd) {
        this.fd = fd;
    }

    private static byte[] furtherName() {
        byte[] ones = new byte[Hash.LENGTH];
        Arrays.fill(ones, (byte) 0xff);
        return ones;
    }

    static DigestFile open(Fd dir, byte[] name) throws LinuxException {
        return new DigestFile(Files.open(dir, name, Open.READ_WRITE | Open.CREATE, 0600));
    }

    /** The chunk's digest; null where it has none. */
    public synchronized @Nullable Hash get(long chunk) throws LinuxException {
        load(fd, chunk, 1);
        return next();
    }

    public synchronized void put(long chunk, Hash digest) throws LinuxException {
        buffer.clear().put(digest.bytes()).flip();
        store(chunk);
    }

    /** Takes a chunk's digest away: its bytes are not what they should be. */
    public synchronized void clear(long chunk) throws LinuxException {
        buffer.clear().put(NONE).flip();
        store(chunk);
    }

    /** The same of a run of chunks. */
    public synchronized void clear(long first, long count) throws LinuxException {
        for (long chunk = first; chunk < first + count; chunk++) {
            clear(chunk);
        }
    }

    /** Notes that a file of which this is the first chunk is a further name of another. */
    public synchronized void markFurtherName(long chunk) throws LinuxException {
        buffer.clear().put(FURTHER_NAME).flip();
        store(chunk);
    }

    /** Whether that was noted. */
    public synchronized boolean isFurtherName(long chunk) throws LinuxException {
        load(fd, chunk, 1);
        byte[] bytes = new byte[Hash.LENGTH];
        buffer.get(bytes);
        return Arrays.equals(bytes, FURTHER_NAME);
    }

    /** How many of these chunks have a digest. */
    public synchronized long present(long first, long count) throws LinuxException {
        long present = 0;
        for (long done = 0; done < count; ) {
            int some = (int) Math.min(MOST, count - done);
            load(fd, first + done, some);
            for (int i = 0; i < some; i++) {
                present += next() == null ? 0 : 1;
            }
            done += some;
        }
        return present;
    }

    /** Takes over a run of digests from another snapshot's. */
    public synchronized void copy(DigestFile from, long first, long to, long count) throws LinuxException {
        for (long done = 0; done < count; ) {
            int some = (int) Math.min(MOST, count - done);
            load(from.fd, first + done, some);
            store(to + done);
            done += some;
        }
    }

    public void sync() throws LinuxException {
        Data.fdatasync(fd);
    }

    @Override
    public void close() {
        fd.close();
    }

    /** Brings digests into the buffer; what lies behind the end of the file are zeros. */
    private void load(Fd from, long chunk, int count) throws LinuxException {
        buffer.clear().limit(count * Hash.LENGTH);
        Data.readFully(from, buffer, chunk * Hash.LENGTH);
        while (buffer.hasRemaining()) {
            buffer.put((byte) 0);
        }
        buffer.flip();
    }

    private void store(long chunk) throws LinuxException {
        Data.writeFully(fd, buffer, chunk * Hash.LENGTH);
    }

    private @Nullable Hash next() {
        byte[] bytes = new byte[Hash.LENGTH];
        buffer.get(bytes);
        return Arrays.equals(bytes, NONE) || Arrays.equals(bytes, FURTHER_NAME) ? null : Hash.of(bytes);
    }
}
