package dev.aquifer.node.transfer;

import java.io.EOFException;
import java.io.IOException;

/** The byte before, and after, what is sent for one chunk. */
enum ChunkStatus {
    /** The chunk's bytes follow, then FINE, CHANGED or UNREADABLE, then the 32-byte digest. */
    DATA(0),
    CHANGED(1),
    GONE(2),
    UNREADABLE(3),
    HOLE(4),
    SAME(5),
    /** Behind the bytes: they count. */
    FINE(6);

    private static final ChunkStatus[] VALUES = values();

    private final int code;

    ChunkStatus(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    /** What a stream's {@code read} returned. */
    static ChunkStatus of(int read) throws IOException {
        if (read < 0) {
            throw new EOFException("Expected the status of a chunk, found the end of the answer");
        }
        for (var status : VALUES) {
            if (status.code == read) {
                return status;
            }
        }
        throw new InvalidMessage("Expected the status of a chunk, found %d".formatted(read));
    }
}
