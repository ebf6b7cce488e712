package dev.aquifer.node.origin.walk;

import dev.aquifer.node.dataset.DirectoryBuilder;
import dev.aquifer.node.dataset.Entry;
import dev.aquifer.node.dataset.EntryCodec;
import dev.aquifer.node.dataset.Hash;
import dev.aquifer.node.dataset.RecordSink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Sorts the encoded entries of one directory by name, in memory up to a bound and on disk beyond it. A kernel may give a name
 * twice that was removed and made anew meanwhile: one entry of it is left.
 */
final class EntrySorter implements AutoCloseable {
    /** Bytes of entries in memory at once. */
    private static final int IN_MEMORY = 2 << 20;

    private static final Comparator<byte[]> BY_NAME =
            (a, b) -> Arrays.compareUnsigned(a, 2, 2 + (a[1] & 0xff), b, 2, 2 + (b[1] & 0xff));

    private final Path folder;
    private final int inMemory;
    private final List<SortedRun> runs = new ArrayList<>();
    private final List<Entry> doubles = new ArrayList<>();
    private List<byte[]> entries = new ArrayList<>();
    private int length;
    private byte @Nullable [] last;

    /** @param folder for what does not fit into memory */
    EntrySorter(Path folder) {
        this(folder, IN_MEMORY);
    }

    EntrySorter(Path folder, int inMemory) {
        this.folder = folder;
        this.inMemory = inMemory;
    }

    void add(byte[] entry) throws IOException {
        entries.add(entry);
        length += entry.length;
        if (length >= inMemory) {
            entries.sort(BY_NAME);
            runs.add(SortedRun.write(folder, entries));
            entries = new ArrayList<>();
            length = 0;
        }
    }

    /** Makes the directory's records from all that was added. */
    Hash finish(RecordSink sink) throws IOException {
        var builder = new DirectoryBuilder(sink);
        entries.sort(BY_NAME);
        if (runs.isEmpty()) {
            for (var entry : entries) {
                give(entry, builder);
            }
            return builder.finish();
        }
        runs.add(SortedRun.of(entries));
        merge(builder);
        return builder.finish();
    }

    private void give(byte[] entry, DirectoryBuilder builder) throws IOException {
        if (last != null && BY_NAME.compare(last, entry) == 0) {
            doubles.add(EntryCodec.parse(ByteBuffer.wrap(entry)));
            return;
        }
        last = entry;
        builder.add(entry);
    }

    /** What was added and is not in the records, for another of the same name is. */
    List<Entry> doubles() {
        return doubles;
    }

    private void merge(DirectoryBuilder builder) throws IOException {
        var heads = new PriorityQueue<SortedRun>((a, b) -> BY_NAME.compare(a.head(), b.head()));
        for (var run : runs) {
            if (run.advance()) {
                heads.add(run);
            }
        }
        for (var run = heads.poll(); run != null; run = heads.poll()) {
            give(run.head(), builder);
            if (run.advance()) {
                heads.add(run);
            }
        }
    }

    @Override
    public void close() {
        runs.forEach(SortedRun::close);
    }
}
