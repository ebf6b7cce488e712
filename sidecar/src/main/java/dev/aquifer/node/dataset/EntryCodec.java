package dev.aquifer.node.dataset;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/**
 * The bytes of one entry in a {@link Directory} record, big-endian:
 *
 * <pre>
 * u8 type ('F', 'D', 'L'), u8 length of the name, name,
 * u16 mode, u32 uid, u32 gid, i64 seconds and u32 nanoseconds of the modification,
 * F: i64 size, i64 seconds and u32 nanoseconds of the change, u64 inode, u64 link group
 * D: 32-byte hash of the content
 * L: u16 length of the target, target
 * </pre>
 */
public final class EntryCodec {
    /** Bytes of the shortest entry: a link of one byte with a name of one byte. */
    static final int SHORTEST = 2 + 1 + 22 + 2 + 1;

    /** Bytes of the longest entry. */
    public static final int LONGEST = 2 + Name.LONGEST + 22 + 2 + LinkEntry.LONGEST_TARGET;

    private EntryCodec() {}

    /** The bytes of an entry. */
    public static byte[] encode(Entry entry) {
        var name = entry.name().shared();
        var out = ByteBuffer.allocate(2 + name.length + 22 + contentLength(entry));
        out.put(type(entry)).put((byte) name.length).put(name);
        attributes(out, entry.attributes());
        switch (entry) {
            case FileEntry file -> file(out, file);
            case DirectoryEntry directory -> out.put(directory.content().bytes());
            case LinkEntry link -> out.putShort((short) link.target().length).put(link.target());
        }
        return out.array();
    }

    /**
     * Reads the entry at the buffer's position, which ends up behind it.
     *
     * @throws InvalidListing when there is none
     */
    public static Entry parse(ByteBuffer in) {
        try {
            byte type = in.get();
            var name = Name.of(take(in, in.get() & 0xff));
            var attributes = attributes(in);
            return switch (type) {
                case 'F' -> new FileEntry(name, attributes, in.getLong(), version(in), in.getLong());
                case 'D' -> new DirectoryEntry(name, attributes, Hash.of(take(in, Hash.LENGTH)));
                case 'L' -> new LinkEntry(name, attributes, take(in, in.getShort() & 0xffff));
                default ->
                    throw new InvalidListing(
                            "Expected an entry of type F, D or L at '%s', found %02x".formatted(name, type & 0xff));
            };
        } catch (BufferUnderflowException e) {
            throw new InvalidListing("Expected a whole entry, found the end of its record");
        }
    }

    static void attributes(ByteBuffer out, Attributes attributes) {
        out.putShort((short) attributes.mode()).putInt(attributes.uid()).putInt(attributes.gid());
        timestamp(out, attributes.modified());
    }

    static Attributes attributes(ByteBuffer in) {
        return new Attributes(in.getShort() & 0xffff, in.getInt(), in.getInt(), timestamp(in));
    }

    private static byte type(Entry entry) {
        return switch (entry) {
            case FileEntry file -> 'F';
            case DirectoryEntry directory -> 'D';
            case LinkEntry link -> 'L';
        };
    }

    private static int contentLength(Entry entry) {
        return switch (entry) {
            case FileEntry file -> 8 + 12 + 8 + 8;
            case DirectoryEntry directory -> Hash.LENGTH;
            case LinkEntry link -> 2 + link.target().length;
        };
    }

    private static void file(ByteBuffer out, FileEntry file) {
        out.putLong(file.size());
        timestamp(out, file.version().changed());
        out.putLong(file.version().inode()).putLong(file.linkGroup());
    }

    private static Version version(ByteBuffer in) {
        return new Version(timestamp(in), in.getLong());
    }

    private static void timestamp(ByteBuffer out, Timestamp timestamp) {
        out.putLong(timestamp.seconds()).putInt(timestamp.nanos());
    }

    private static Timestamp timestamp(ByteBuffer in) {
        return new Timestamp(in.getLong(), in.getInt());
    }

    private static byte[] take(ByteBuffer in, int length) {
        if (length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        var bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }
}
