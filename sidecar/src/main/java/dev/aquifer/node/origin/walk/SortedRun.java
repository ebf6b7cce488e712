package dev.aquifer.node.origin.walk;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Entries in ascending order of names, read one by one from memory or from a file that nobody else sees. */
final class SortedRun implements AutoCloseable {
    private static final int BUFFER = 64 << 10;

    /** The next entry; null at the end. */
    private interface Entries {
        byte @Nullable [] next() throws IOException;
    }

    private final Entries entries;
    private final AutoCloseable file;
    private byte @Nullable [] head;

    private SortedRun(Entries entries, AutoCloseable file) {
        this.entries = entries;
        this.file = file;
    }

    static SortedRun of(List<byte[]> sorted) {
        var left = sorted.iterator();
        return new SortedRun(() -> left.hasNext() ? left.next() : null, () -> {});
    }

    /** Writes a run; its file has no name left once this returns. */
    static SortedRun write(Path folder, List<byte[]> sorted) throws IOException {
        var file = Files.createTempFile(folder, "run", null);
        try {
            try (var out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), BUFFER))) {
                for (var entry : sorted) {
                    out.writeShort(entry.length);
                    out.write(entry);
                }
                out.writeShort(0);
            }
            var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER));
            return new SortedRun(() -> next(in), in);
        } finally {
            Files.delete(file);
        }
    }

    private static byte @Nullable [] next(DataInputStream in) throws IOException {
        int length = in.readUnsignedShort();
        return length == 0 ? null : in.readNBytes(length);
    }

    /** Moves to the next entry; false at the end. */
    boolean advance() throws IOException {
        head = entries.next();
        return head != null;
    }

    byte[] head() {
        if (head == null) {
            throw new IllegalStateException("Expected an entry, found the end of a run");
        }
        return head;
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new IllegalStateException("Expected to close a run", e);
        }
    }
}
