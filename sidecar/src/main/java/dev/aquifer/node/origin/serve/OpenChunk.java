package dev.aquifer.node.origin.serve;

import dev.aquifer.node.dataset.Hash;
import dev.aquifer.node.dataset.Sha256;
import dev.aquifer.node.linux.Data;
import dev.aquifer.node.linux.Errno;
import dev.aquifer.node.linux.Fd;
import dev.aquifer.node.linux.LinuxException;
import dev.aquifer.node.linux.Metadata;
import dev.aquifer.node.linux.Stat;
import dev.aquifer.node.transfer.ChunkRequest;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A chunk whose file was opened for it and was in the version asked for. It is read once from start to end; what the file
 * lacks by then, or cannot be read, is zeros that do not count.
 */
final class OpenChunk implements AutoCloseable {
    private final ChunkRequest request;
    private final Fd fd;
    private final Stat before;
    private @Nullable Hash digest;
    private final @Nullable Sha256 computing;
    private int done;
    private boolean cutShort;
    private boolean unreadable;

    /** @param digest of these bytes, or null where it is not known */
    OpenChunk(ChunkRequest request, Fd fd, Stat before, @Nullable Hash digest) {
        this.request = request;
        this.fd = fd;
        this.before = before;
        this.digest = digest;
        this.computing = digest == null ? Sha256.begin() : null;
    }

    ChunkRequest request() {
        return request;
    }

    Stat stat() {
        return before;
    }

    /** Whether all was read. */
    boolean isDone() {
        return done == request.length();
    }

    /** Reads on, as far as the buffer has room. */
    void read(ByteBuffer into) throws LinuxException {
        int start = into.position();
        int limit = into.limit();
        into.limit(Math.min(limit, start + request.length() - done));
        if (!unreadable) {
            readFully(into);
        }
        cutShort |= into.hasRemaining();
        while (into.hasRemaining()) {
            into.put((byte) 0);
        }
        done += into.position() - start;
        if (computing != null) {
            computing.update(into.slice(start, into.position() - start));
        }
        into.limit(limit);
    }

    private void readFully(ByteBuffer into) throws LinuxException {
        try {
            Data.readFully(fd, into, request.offset() + done);
        } catch (LinuxException e) {
            unreadable = e.errno().isUnreadable();
            // else the file server has another file under this handle
            if (!unreadable && e.errno() != Errno.ESTALE) {
                throw e;
            }
        }
    }

    /** Whether reading it failed. */
    boolean isUnreadable() {
        return unreadable;
    }

    /** Whether the file is still as it was before the first byte was read. */
    boolean isUnchanged() throws LinuxException {
        if (cutShort) {
            return false;
        }
        var after = Metadata.statForced(fd);
        return after.changed().equals(before.changed())
                && after.modified().equals(before.modified())
                && after.size() == before.size();
    }

    /** Of all that was read. */
    Hash digest() {
        if (digest == null && computing != null) {
            digest = computing.hash();
        }
        if (digest == null) {
            throw new IllegalStateException("Expected a digest, found none");
        }
        return digest;
    }

    /** Whether the digest was computed from the bytes just read. */
    boolean isComputed() {
        return computing != null;
    }

    @Override
    public void close() {
        fd.close();
    }
}
