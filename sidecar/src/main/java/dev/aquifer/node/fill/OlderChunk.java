package dev.aquifer.node.fill;

import dev.aquifer.node.dataset.Chunks;
import dev.aquifer.node.dataset.Hash;
import dev.aquifer.node.dataset.Name;
import dev.aquifer.node.linux.Data;
import dev.aquifer.node.linux.Fd;
import dev.aquifer.node.linux.Files;
import dev.aquifer.node.linux.LinuxException;
import dev.aquifer.node.linux.Open;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A chunk that an older version of the file had at the same place.
 *
 * @param digest as it was when it was fetched
 */
record OlderChunk(OpenDirectory directory, Name name, long chunk, Hash digest) {
    /**
     * Puts it into a newer file, at the same place.
     *
     * @param buffer a direct one, for its bytes
     * @return false if it no longer has its digest, or cannot be read: then nothing was put
     */
    boolean into(NewFile newer, ByteBuffer buffer, int length) throws IOException {
        buffer.clear().limit(length);
        try (Fd file = read(buffer)) {
            if (file == null
                    || buffer.position() < length
                    || !Digests.of(buffer.flip()).equals(digest)) {
                return false;
            }
            newer.share(chunk, file, buffer, digest);
            return true;
        }
    }

    private @Nullable Fd read(ByteBuffer buffer) throws LinuxException {
        Fd file = null;
        try {
            file = Files.open(directory.fd(), name.bytes(), Open.READ, 0);
            Data.readFully(file, buffer, Chunks.offset(chunk));
            return file;
        } catch (LinuxException failure) {
            if (file != null) {
                file.close();
            }
            if (!failure.errno().isDamage()) {
                throw failure;
            }
            return null;
        }
    }
}
