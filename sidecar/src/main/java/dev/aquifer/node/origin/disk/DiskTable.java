package dev.aquifer.node.origin.disk;

import dev.aquifer.node.dataset.Hash;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A map from hashes to 32 bytes, in a file: buckets of 4 KiB with 64-byte slots (24 bytes of the key, the value, a checksum).
 * A slot that was half written counts as empty, so it survives a kill at any point. The file doubles when a bucket is full; if there
 * is no room for that, the table stays as it is.
 */
final class DiskTable implements AutoCloseable {
    static final int VALUE = 32;

    private static final int KEY = 24;
    private static final int SLOT = 64;
    private static final int BUCKET = 4096;
    private static final int SLOTS = BUCKET / SLOT;
    private static final int FIRST_BUCKETS = 16;

    private final Path path;
    private FileChannel file;
    private long buckets;

    /** Opens the table at this path, or makes an empty one. */
    DiskTable(Path path) throws IOException {
        this.path = path;
        this.file = open(path);
        this.buckets = Math.max(FIRST_BUCKETS, Long.highestOneBit(file.size() / BUCKET));
    }

    /** Bytes of the file. */
    synchronized long length() {
        return buckets * BUCKET;
    }

    synchronized byte @Nullable [] get(Hash key) throws IOException {
        var name = key.bytes();
        var bucket = read(file, bucket(name, buckets));
        int slot = find(bucket, name);
        return slot < 0 || !isWhole(bucket, slot) ? null : value(bucket, slot);
    }

    synchronized void put(Hash key, byte[] value) throws IOException {
        if (value.length != VALUE) {
            throw new IllegalArgumentException("Expected a value of %d bytes, found %d".formatted(VALUE, value.length));
        }
        var name = key.bytes();
        while (!tryPut(name, value)) {
            grow();
        }
    }

    private boolean tryPut(byte[] key, byte[] value) throws IOException {
        long number = bucket(key, buckets);
        var bucket = read(file, number);
        int slot = find(bucket, key);
        if (slot < 0) {
            slot = firstEmpty(bucket);
        }
        if (slot < 0) {
            return false;
        }
        write(file, slot(key, value), number * BUCKET + (long) slot * SLOT);
        return true;
    }

    /** Each bucket's slots go to two of the new file: no key has to be looked up. */
    private void grow() throws IOException {
        var next = path.resolveSibling(path.getFileName() + ".next");
        Files.deleteIfExists(next);
        var larger = open(next);
        try {
            for (long number = 0; number < buckets; number++) {
                var bucket = read(file, number);
                split(bucket, number, larger);
            }
            Files.move(next, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException | RuntimeException failure) {
            larger.close();
            Files.deleteIfExists(next);
            throw failure;
        }
        file.close();
        file = larger;
        buckets *= 2;
    }

    private void split(ByteBuffer bucket, long number, FileChannel larger) throws IOException {
        var low = ByteBuffer.allocate(BUCKET);
        var high = ByteBuffer.allocate(BUCKET);
        for (int slot = 0; slot < SLOTS; slot++) {
            if (isWhole(bucket, slot)) {
                var moved = bucket.slice(slot * SLOT, SLOT);
                var key = new byte[KEY];
                moved.get(0, key);
                (bucket(key, buckets * 2) == number ? low : high).put(moved);
            }
        }
        write(larger, low.rewind(), number * BUCKET);
        write(larger, high.rewind(), (number + buckets) * BUCKET);
    }

    private static FileChannel open(Path path) throws IOException {
        return FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private static long bucket(byte[] key, long buckets) {
        return ByteBuffer.wrap(key).getLong() & (buckets - 1);
    }

    private static ByteBuffer read(FileChannel file, long number) throws IOException {
        var bucket = ByteBuffer.allocate(BUCKET);
        while (bucket.hasRemaining() && file.read(bucket, number * BUCKET + bucket.position()) > 0) {
            // what lies beyond the end of the file are empty slots
        }
        return bucket.clear();
    }

    private static void write(FileChannel file, ByteBuffer from, long at) throws IOException {
        long start = at - from.position();
        while (from.hasRemaining()) {
            file.write(from, start + from.position());
        }
    }

    private static int find(ByteBuffer bucket, byte[] key) {
        var wanted = ByteBuffer.wrap(key, 0, KEY).slice();
        for (int slot = 0; slot < SLOTS; slot++) {
            if (bucket.slice(slot * SLOT, KEY).equals(wanted)) {
                return slot;
            }
        }
        return -1;
    }

    private static int firstEmpty(ByteBuffer bucket) {
        for (int slot = 0; slot < SLOTS; slot++) {
            if (!isWhole(bucket, slot)) {
                return slot;
            }
        }
        return -1;
    }

    private static ByteBuffer slot(byte[] key, byte[] value) {
        var slot = ByteBuffer.allocate(SLOT).put(key, 0, KEY).put(value);
        slot.putInt(checksum(slot, 0)).putInt(1);
        return slot.rewind();
    }

    private static boolean isWhole(ByteBuffer bucket, int slot) {
        int at = slot * SLOT + KEY + VALUE;
        return bucket.getInt(at + 4) == 1 && bucket.getInt(at) == checksum(bucket, slot * SLOT);
    }

    private static int checksum(ByteBuffer bytes, int at) {
        var crc = new CRC32C();
        crc.update(bytes.slice(at, KEY + VALUE));
        return (int) crc.getValue();
    }

    private static byte[] value(ByteBuffer bucket, int slot) {
        var value = new byte[VALUE];
        bucket.get(slot * SLOT + KEY, value);
        return value;
    }

    @Override
    public synchronized void close() throws IOException {
        file.close();
    }
}
