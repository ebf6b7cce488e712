package dev.aquifer.node.fill;

import dev.aquifer.node.cache.DigestFile;
import dev.aquifer.node.cache.Protection;
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

/**
 * After a restart of the machine: reads what a fill had written, and takes the digest from each chunk that is not whole. A
 * file that nobody can write to any more goes as a whole.
 */
final class Recheck {
    private final DigestFile digests;
    private final Protection protection;
    private final ChunkPool pool;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(Chunks.SIZE);

    /** @param pool asked before each chunk whether the fill goes on */
    Recheck(DigestFile digests, Protection protection, ChunkPool pool) {
        this.digests = digests;
        this.protection = protection;
        this.pool = pool;
    }

    void file(Fd dir, FileEntry file, long firstChunk) throws IOException {
        long chunks = Chunks.count(file.size());
        long present = digests.present(firstChunk, chunks);
        if (present == 0) {
            return;
        }
        try (Fd fd = Files.open(dir, file.name().bytes(), Open.READ, 0)) {
            // the run before may have paused in the middle of the file
            boolean whole = present == chunks;
            for (long chunk = 0; chunk < chunks; chunk++) {
                pool.check();
                Hash digest = digests.get(firstChunk + chunk);
                if (digest != null && !isWhole(fd, file, chunk, digest)) {
                    digests.clear(firstChunk + chunk);
                    whole = false;
                }
            }
            if (!whole && Protection.hasVerity(fd)) {
                protection.lift(dir);
                protection.lift(fd);
                Files.unlink(dir, file.name().bytes());
                digests.clear(firstChunk, chunks);
            }
        } catch (LinuxException failure) {
            if (failure.errno() != Errno.ENOENT) {
                throw failure;
            }
            digests.clear(firstChunk, chunks);
        }
    }

    private boolean isWhole(Fd fd, FileEntry file, long chunk, Hash digest) throws IOException {
        int length = Chunks.length(file.size(), Chunks.offset(chunk));
        buffer.clear().limit(length);
        try {
            Data.readFully(fd, buffer, Chunks.offset(chunk));
        } catch (LinuxException failure) {
            if (failure.errno() != Errno.EIO) {
                throw failure;
            }
            return false;
        }
        return buffer.position() == length && Digests.of(buffer.flip()).equals(digest);
    }
}
