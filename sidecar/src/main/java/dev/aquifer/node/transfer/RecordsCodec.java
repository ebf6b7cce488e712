package dev.aquifer.node.transfer;

import dev.aquifer.node.dataset.Hash;
import dev.aquifer.node.dataset.ListingRecord;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Requests for listing records and their answers. A request is up to {@link Wire#MOST_RECORDS} hashes of 32 bytes; the answer
 * has for each, in that order, u32 length and bytes, or the length 2^32-1 for a record that the origin does not have.
 */
public final class RecordsCodec {
    private static final int UNKNOWN = -1;

    private RecordsCodec() {}

    /** The body of a request. */
    public static byte[] encode(List<Hash> hashes) {
        if (hashes.size() > Wire.MOST_RECORDS) {
            throw new IllegalArgumentException(
                    "Expected at most %d hashes, found %d".formatted(Wire.MOST_RECORDS, hashes.size()));
        }
        var out = new ByteArrayOutputStream(hashes.size() * Hash.LENGTH);
        hashes.forEach(hash -> out.writeBytes(hash.bytes()));
        return out.toByteArray();
    }

    /** Reads the body of a request. */
    public static List<Hash> parse(byte[] body) throws InvalidMessage {
        if (body.length % Hash.LENGTH != 0 || body.length / Hash.LENGTH > Wire.MOST_RECORDS) {
            throw new InvalidMessage("Expected at most %d hashes of %d bytes, found %d bytes"
                    .formatted(Wire.MOST_RECORDS, Hash.LENGTH, body.length));
        }
        var hashes = new ArrayList<Hash>();
        for (int at = 0; at < body.length; at += Hash.LENGTH) {
            hashes.add(Hash.of(Arrays.copyOfRange(body, at, at + Hash.LENGTH)));
        }
        return hashes;
    }

    /** Writes the answer for one hash; null where there is no such record. */
    public static void write(OutputStream out, byte @Nullable [] record) throws IOException {
        out.write(ByteBuffer.allocate(4)
                .putInt(record == null ? UNKNOWN : record.length)
                .array());
        if (record != null) {
            out.write(record);
        }
    }

    /** Reads the answer for one hash; null where the origin has no such record. Its hash is not checked here. */
    public static byte @Nullable [] read(InputStream in) throws IOException {
        int length = ByteBuffer.wrap(take(in, 4)).getInt();
        if (length == UNKNOWN) {
            return null;
        }
        if (length < 0 || length > ListingRecord.LONGEST) {
            throw new InvalidMessage("Expected a record of at most %d bytes, found %s"
                    .formatted(ListingRecord.LONGEST, Integer.toUnsignedString(length)));
        }
        return take(in, length);
    }

    private static byte[] take(InputStream in, int length) throws IOException {
        var bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException(
                    "Expected %d bytes of a record, found %d and the end".formatted(length, bytes.length));
        }
        return bytes;
    }
}
