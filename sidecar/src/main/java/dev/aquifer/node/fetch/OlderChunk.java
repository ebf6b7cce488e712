package dev.aquifer.node.fetch;

import dev.aquifer.node.dataset.Chunks;
import dev.aquifer.node.dataset.Hash;
import dev.aquifer.node.dataset.Name;
import dev.aquifer.node.linux.Data;
import dev.aquifer.node.linux.Fd;
import dev.aquifer.node.linux.Files;
import dev.aquifer.node.linux.Open;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A chunk that an older version of the file had at the same place.
 *
 * @param digest as it was when it was fetched
 */
record OlderChunk(OpenDirectory directory, Name name, long chunk, Hash digest) {
    /**
     * Reads its bytes into a direct buffer.
     *
     * @return whether they still have the digest
     */
    boolean read(ByteBuffer into, int length) throws IOException {
        into.clear().limit(length);
        try (Fd file = Files.open(directory.fd(), name.bytes(), Open.READ, 0)) {
            Data.readFully(file, into, Chunks.offset(chunk));
        }
        return into.position() == length && Digests.of(into.flip()).equals(digest);
    }
}
