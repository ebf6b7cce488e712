package dev.aquifer.node.origin.disk;

import dev.aquifer.node.dataset.Hash;
import dev.aquifer.node.dataset.Version;
import dev.aquifer.node.linux.Device;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Digests of chunks that were read before, on disk, by the file's version. Two tables: when the younger is full the older is
 * given up, and what is still asked for moves over, so space is bounded whatever is served. They are a convenience: where
 * the disk is full or fails, digests are merely forgotten.
 */
public final class DigestStore implements AutoCloseable {
    /** To hash a shorter chunk costs less than to remember its digest. */
    public static final int SHORTEST_CHUNK = 64 << 10;

    private static final Logger LOG = LoggerFactory.getLogger(DigestStore.class);
    private static final long PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final long LONGEST_TABLE = 512L << 20;

    private final Path youngPath;
    private final Path oldPath;
    private final long longestTable;
    private final LongSupplier nanoTime;
    private DiskTable young;
    private DiskTable old;
    private boolean failing;
    private long failedAt;

    public DigestStore(Path folder) throws IOException {
        this(folder, LONGEST_TABLE, System::nanoTime);
    }

    /**
     * A store of a test's own.
     *
     * @param longestTable bytes of one table at which the older is given up
     */
    DigestStore(Path folder, long longestTable, LongSupplier nanoTime) throws IOException {
        Files.createDirectories(folder);
        this.youngPath = folder.resolve("digests-young");
        this.oldPath = folder.resolve("digests-old");
        this.longestTable = longestTable;
        this.nanoTime = nanoTime;
        this.young = new DiskTable(youngPath);
        this.old = new DiskTable(oldPath);
    }

    /** The digest, if it is remembered; what cannot be read is not. */
    public synchronized @Nullable Hash get(Device device, Version version, long size, long offset) {
        var key = key(device, version, size, offset);
        try {
            var digest = young.get(key);
            if (digest != null) {
                return Hash.of(digest);
            }
            digest = old.get(key);
            if (digest == null) {
                return null;
            }
            put(key, digest);
            return Hash.of(digest);
        } catch (IOException failure) {
            failed(failure);
            return null;
        }
    }

    /** Remembers a digest, if there is room for it. */
    public synchronized void put(Device device, Version version, long size, long offset, Hash digest) {
        put(key(device, version, size, offset), digest.bytes());
    }

    /** After a failure not for a while: to find that a table cannot grow may have written half of it. */
    private void put(Hash key, byte[] digest) {
        if (failing && nanoTime.getAsLong() - failedAt < PAUSE_NANOS) {
            return;
        }
        try {
            if (young.length() >= longestTable) {
                turnOver();
            }
            young.put(key, digest);
            failing = false;
        } catch (IOException failure) {
            failed(failure);
        }
    }

    /** The tables stay open until both can be followed: a half of it is done by the next one. */
    private void turnOver() throws IOException {
        if (Files.exists(youngPath)) {
            Files.move(youngPath, oldPath, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
        var empty = new DiskTable(youngPath);
        old.close();
        old = young;
        young = empty;
    }

    private void failed(IOException failure) {
        if (!failing) {
            LOG.warn(
                    "event=digests-not-remembered error=\"{}\" effect=\"chunks are served as before, but hashed anew each time they are asked for\" remedy=\"give the origin's state folder more room\"",
                    failure.getMessage());
        }
        failing = true;
        failedAt = nanoTime.getAsLong();
    }

    private static Hash key(Device device, Version version, long size, long offset) {
        return Hash.sha256(ByteBuffer.allocate(4 + 4 + 8 + 4 + 8 + 8 + 8)
                .putInt(device.major())
                .putInt(device.minor())
                .putLong(version.changed().seconds())
                .putInt(version.changed().nanos())
                .putLong(version.inode())
                .putLong(size)
                .putLong(offset)
                .array());
    }

    @Override
    public synchronized void close() throws IOException {
        young.close();
        old.close();
    }
}
