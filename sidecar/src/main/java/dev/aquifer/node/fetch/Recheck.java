package dev.aquifer.node.fetch;

import dev.aquifer.node.cache.DigestFile;
import dev.aquifer.node.dataset.Chunks;
import dev.aquifer.node.dataset.FileEntry;
import dev.aquifer.node.dataset.Hash;
import dev.aquifer.node.linux.Data;
import dev.aquifer.node.linux.Errno;
import dev.aquifer.node.linux.Fd;
import dev.aquifer.node.linux.Files;
import dev.aquifer.node.linux.LinuxException;
import dev.aquifer.node.linux.Open;
import java.io.IOException;
import java.nio.ByteBuffer;

/** After a restart of the machine: reads what a fill had written, and takes the digest from each chunk that is not whole. */
final class Recheck {
    private final DigestFile digests;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(Chunks.SIZE);

    Recheck(DigestFile digests) {
        this.digests = digests;
    }

    void file(Fd dir, FileEntry file, long firstChunk) throws IOException {
        long chunks = Chunks.count(file.size());
        if (digests.present(firstChunk, chunks) == 0) {
            return;
        }
        try (Fd fd = Files.open(dir, file.name().bytes(), Open.READ, 0)) {
            for (long chunk = 0; chunk < chunks; chunk++) {
                Hash digest = digests.get(firstChunk + chunk);
                if (digest != null && !isWhole(fd, file, chunk, digest)) {
                    digests.clear(firstChunk + chunk);
                }
            }
        } catch (LinuxException failure) {
            if (failure.errno() != Errno.ENOENT) {
                throw failure;
            }
            for (long chunk = 0; chunk < chunks; chunk++) {
                digests.clear(firstChunk + chunk);
            }
        }
    }

    private boolean isWhole(Fd fd, FileEntry file, long chunk, Hash digest) throws IOException {
        int length = Chunks.length(file.size(), Chunks.offset(chunk));
        buffer.clear().limit(length);
        Data.readFully(fd, buffer, Chunks.offset(chunk));
        return buffer.position() == length && Digests.of(buffer.flip()).equals(digest);
    }
}
