package dev.aquifer.node.dataset;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The bytes of listing records, big-endian. There is one encoding of each record, and nothing else is accepted, so equal
 * records have equal hashes:
 *
 * <pre>
 * root       "AQR1", attributes as in {@link EntryCodec}, 32-byte hash, u64 files, directories, links, bytes
 * directory  "AQD1", u32 count, entries
 * index      "AQI1", u32 count, 32-byte hashes
 * </pre>
 */
public final class ListingCodec {
    /** Bytes of a {@link SnapshotRoot} record. */
    public static final int ROOT_LENGTH = 4 + 22 + Hash.LENGTH + 4 * Long.BYTES;

    static final int HEADER = 8;

    private static final int ROOT = 0x41515231;
    private static final int DIRECTORY = 0x41514431;
    private static final int INDEX = 0x41514931;

    private ListingCodec() {}

    /**
     * The bytes of a record.
     *
     * @throws InvalidListing when a directory does not fit into one; see {@link DirectoryBuilder}
     */
    public static byte[] encode(ListingRecord record) {
        return switch (record) {
            case SnapshotRoot root -> encodeRoot(root);
            case Directory directory ->
                directory(directory.entries().stream().map(EntryCodec::encode).toList());
            case DirectoryIndex index -> encodeIndex(index);
        };
    }

    /**
     * Checks that these are the bytes that were asked for, and reads them.
     *
     * @throws InvalidListing when the hash is another one, or the bytes are no record
     */
    public static ListingRecord parse(Hash expected, byte[] bytes) {
        requireShort(bytes.length);
        var found = Hash.sha256(bytes);
        if (!found.equals(expected)) {
            throw new InvalidListing("Expected the record %s, found bytes with the hash %s".formatted(expected, found));
        }
        return parse(bytes);
    }

    /**
     * Reads a record.
     *
     * @throws InvalidListing when the bytes are none
     */
    public static ListingRecord parse(byte[] bytes) {
        requireShort(bytes.length);
        var in = ByteBuffer.wrap(bytes);
        try {
            int magic = in.getInt();
            var record = switch (magic) {
                case ROOT -> parseRoot(in);
                case DIRECTORY -> parseDirectory(in);
                case INDEX -> parseIndex(in);
                default ->
                    throw new InvalidListing(
                            "Expected a listing record, found bytes that begin with %08x".formatted(magic));
            };
            if (in.hasRemaining()) {
                throw new InvalidListing("Expected the end of a record, found %d bytes more".formatted(in.remaining()));
            }
            return record;
        } catch (BufferUnderflowException e) {
            throw new InvalidListing("Expected a whole record, found its first %d bytes".formatted(bytes.length));
        }
    }

    /** The record of a directory, or of one page, whose entries are encoded already, in ascending order of names. */
    static byte[] directory(List<byte[]> entries) {
        int length = HEADER + entries.stream().mapToInt(entry -> entry.length).sum();
        requireShort(length);
        var out = ByteBuffer.allocate(length).putInt(DIRECTORY).putInt(entries.size());
        entries.forEach(out::put);
        return out.array();
    }

    private static byte[] encodeRoot(SnapshotRoot root) {
        var out = ByteBuffer.allocate(ROOT_LENGTH).putInt(ROOT);
        EntryCodec.attributes(out, root.attributes());
        var totals = root.totals();
        return out.put(root.content().bytes())
                .putLong(totals.files())
                .putLong(totals.directories())
                .putLong(totals.links())
                .putLong(totals.bytes())
                .array();
    }

    private static SnapshotRoot parseRoot(ByteBuffer in) {
        var attributes = EntryCodec.attributes(in);
        var content = hash(in);
        return new SnapshotRoot(
                attributes, content, new Totals(in.getLong(), in.getLong(), in.getLong(), in.getLong()));
    }

    private static byte[] encodeIndex(DirectoryIndex index) {
        var out = ByteBuffer.allocate(HEADER + index.pages().size() * Hash.LENGTH)
                .putInt(INDEX)
                .putInt(index.pages().size());
        index.pages().forEach(page -> out.put(page.bytes()));
        return out.array();
    }

    private static DirectoryIndex parseIndex(ByteBuffer in) {
        int count = count(in, Hash.LENGTH);
        var pages = new ArrayList<Hash>(count);
        for (int i = 0; i < count; i++) {
            pages.add(hash(in));
        }
        return new DirectoryIndex(pages);
    }

    private static Directory parseDirectory(ByteBuffer in) {
        int count = count(in, EntryCodec.SHORTEST);
        var entries = new ArrayList<Entry>(count);
        for (int i = 0; i < count; i++) {
            entries.add(EntryCodec.parse(in));
        }
        return new Directory(entries);
    }

    private static int count(ByteBuffer in, int shortest) {
        int count = in.getInt();
        if (count < 0 || count > in.remaining() / shortest) {
            throw new InvalidListing("Expected at most %d entries in %d bytes, found %s"
                    .formatted(in.remaining() / shortest, in.remaining(), Integer.toUnsignedString(count)));
        }
        return count;
    }

    private static Hash hash(ByteBuffer in) {
        var bytes = new byte[Hash.LENGTH];
        in.get(bytes);
        return Hash.of(bytes);
    }

    private static void requireShort(int length) {
        if (length > ListingRecord.LONGEST) {
            throw new InvalidListing(
                    "Expected a record of at most %d bytes, found %d".formatted(ListingRecord.LONGEST, length));
        }
    }
}
