package dev.aquifer.node.origin.disk;

import dev.aquifer.node.dataset.Hash;
import dev.aquifer.node.dataset.RecordSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * The records of the newest snapshots, on disk, in two packs: a walk writes all that it finds into the younger one, and what
 * only older snapshots had goes with the older one once the younger has grown too large.
 */
public final class RecordPacks implements RecordSink, AutoCloseable {
    private static final long SMALLEST_LIMIT = 256L << 20;

    private final Path folder;
    private final long limit;
    private int generation;
    private RecordPack young;
    private @Nullable RecordPack old;
    /** Bytes of a whole walk, measured when the first one into the younger pack has ended; before, 0. */
    private long wholeWalk;

    public RecordPacks(Path folder) throws IOException {
        this(folder, SMALLEST_LIMIT);
    }

    /**
     * Begins empty: the first walk fills it.
     *
     * @param limit bytes up to which no pack is worth giving up
     */
    RecordPacks(Path folder, long limit) throws IOException {
        this.folder = folder;
        this.limit = limit;
        remove(folder);
        this.young = new RecordPack(folder.resolve("records-0"));
    }

    @Override
    public Hash put(byte[] encoded) throws IOException {
        var hash = Hash.sha256(encoded);
        packs().young().put(hash, encoded);
        return hash;
    }

    /** The bytes of a record, or null where it is not known (any more). */
    public byte @Nullable [] get(Hash hash) throws IOException {
        var packs = packs();
        var record = packs.young().get(hash);
        return record != null || packs.old() == null ? record : packs.old().get(hash);
    }

    /** Before a walk of the whole tree. While none has ended in the younger pack, the newest snapshot needs the older. */
    public synchronized void beginWalk() throws IOException {
        if (wholeWalk == 0 || young.length() < Math.max(limit, 2 * wholeWalk)) {
            return;
        }
        if (old != null) {
            old.close();
            remove(folder.resolve("records-" + (generation - 1)));
        }
        old = young;
        young = new RecordPack(folder.resolve("records-" + ++generation));
        wholeWalk = 0;
    }

    /** After a walk that ended well. */
    public synchronized void endWalk() {
        if (wholeWalk == 0) {
            wholeWalk = young.length();
        }
    }

    private record Packs(RecordPack young, @Nullable RecordPack old) {}

    private synchronized Packs packs() {
        return new Packs(young, old);
    }

    private static void remove(Path pack) throws IOException {
        if (!Files.exists(pack)) {
            return;
        }
        try (var files = Files.walk(pack)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Override
    public synchronized void close() throws IOException {
        young.close();
        if (old != null) {
            old.close();
        }
    }
}
