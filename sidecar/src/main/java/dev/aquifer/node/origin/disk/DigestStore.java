package dev.aquifer.node.origin.disk;

import dev.aquifer.node.dataset.Hash;
import dev.aquifer.node.dataset.Version;
import dev.aquifer.node.linux.Device;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/**
 * Digests of chunks that were read before, on disk, by the file's version. Two tables: when the younger is full the older is
 * given up, and what is still asked for moves over, so space is bounded whatever is served.
 */
public final class DigestStore implements AutoCloseable {
    /** To hash a shorter chunk costs less than to remember its digest. */
    public static final int SHORTEST_CHUNK = 64 << 10;

    private static final long LONGEST_TABLE = 512L << 20;

    private final Path youngPath;
    private final Path oldPath;
    private final long longestTable;
    private DiskTable young;
    private DiskTable old;

    public DigestStore(Path folder) throws IOException {
        this(folder, LONGEST_TABLE);
    }

    /** @param longestTable bytes of one table at which the older is given up */
    DigestStore(Path folder, long longestTable) throws IOException {
        Files.createDirectories(folder);
        this.youngPath = folder.resolve("digests-young");
        this.oldPath = folder.resolve("digests-old");
        this.longestTable = longestTable;
        this.young = new DiskTable(youngPath);
        this.old = new DiskTable(oldPath);
    }

    public synchronized @Nullable Hash get(Device device, Version version, long size, long offset) throws IOException {
        var key = key(device, version, size, offset);
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
    }

    public synchronized void put(Device device, Version version, long size, long offset, Hash digest)
            throws IOException {
        put(key(device, version, size, offset), digest.bytes());
    }

    private void put(Hash key, byte[] digest) throws IOException {
        if (young.length() >= longestTable) {
            old.close();
            young.close();
            Files.move(youngPath, oldPath, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            old = new DiskTable(oldPath);
            young = new DiskTable(youngPath);
        }
        young.put(key, digest);
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
