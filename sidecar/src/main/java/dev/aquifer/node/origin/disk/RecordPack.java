package dev.aquifer.node.origin.disk;

import dev.aquifer.node.dataset.Hash;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Listing records behind one another in one file, and a table of where each begins. Only ever grows. */
final class RecordPack implements AutoCloseable {
    private final FileChannel pack;
    private final DiskTable places;
    private final AtomicLong end;

    /** Makes an empty pack in this folder. */
    RecordPack(Path folder) throws IOException {
        Files.createDirectories(folder);
        this.pack = FileChannel.open(
                folder.resolve("records"),
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        this.places = new DiskTable(folder.resolve("places"));
        this.end = new AtomicLong();
    }

    /** Bytes on disk. */
    long length() {
        return end.get() + places.length();
    }

    /** Keeps a record, once. */
    void put(Hash hash, byte[] record) throws IOException {
        if (places.get(hash) != null) {
            return;
        }
        long at = end.getAndAdd(record.length);
        var from = ByteBuffer.wrap(record);
        while (from.hasRemaining()) {
            pack.write(from, at + from.position());
        }
        places.put(
                hash,
                ByteBuffer.allocate(DiskTable.VALUE)
                        .putLong(at)
                        .putInt(record.length)
                        .array());
    }

    /** The bytes of a record, which are to be checked by who uses them; null if it is not here. */
    byte @Nullable [] get(Hash hash) throws IOException {
        var place = places.get(hash);
        if (place == null) {
            return null;
        }
        var where = ByteBuffer.wrap(place);
        long at = where.getLong();
        var into = ByteBuffer.allocate(where.getInt());
        while (into.hasRemaining()) {
            if (pack.read(into, at + into.position()) < 0) {
                return null;
            }
        }
        return into.array();
    }

    @Override
    public void close() throws IOException {
        pack.close();
        places.close();
    }
}
