package dev.aquifer.node.fill;

import dev.aquifer.node.cache.DigestFile;
import dev.aquifer.node.cache.Protection;
import dev.aquifer.node.dataset.Chunks;
import dev.aquifer.node.dataset.DatasetPath;
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
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One file on its way into the cache. Chunks come in any order from many threads; a chunk counts once its digest is noted,
 * after its verified bytes were written. With the last one the file gets its attributes, reaches the disk and is protected.
 */
final class NewFile {
    private static final int PRIVATE = 0600;

    private final OpenDirectory directory;
    private final FileEntry entry;
    private final DatasetPath path;
    private final long firstChunk;
    private final DigestFile digests;
    private final Protection protection;
    private final OpenFiles open;
    private final Finishes finishes;
    private final Set<OpenDirectory> read = new HashSet<>();
    private @Nullable Fd fd;
    private long missing;
    private volatile boolean alone;

    /**
     * A file that may be there in part.
     *
     * @param directory held by the caller; this holds it until the file is whole
     * @param missing how many chunks are still to come
     * @param open knows this until it is whole
     * @param finishes does what waits for the disk
     */
    NewFile(
            OpenDirectory directory,
            FileEntry entry,
            DatasetPath path,
            long firstChunk,
            long missing,
            DigestFile digests,
            Protection protection,
            OpenFiles open,
            Finishes finishes) {
        this.directory = directory.hold();
        this.entry = entry;
        this.path = path;
        this.firstChunk = firstChunk;
        this.missing = missing;
        this.digests = digests;
        this.protection = protection;
        this.open = open;
        this.finishes = finishes;
        this.alone = entry.linkGroup() == 0;
        open.add(this);
    }

    DatasetPath path() {
        return path;
    }

    FileEntry entry() {
        return entry;
    }

    /**
     * Writes a chunk whose digest was checked.
     *
     * @param bytes a direct buffer
     */
    void write(long chunk, ByteBuffer bytes, Hash digest) throws IOException {
        Fd file = open();
        Data.writeFully(file, bytes, Chunks.offset(chunk));
        took(chunk, digest);
    }

    /**
     * Takes a chunk whose digest was checked from an older file that has it at the same place: its blocks, where the file
     * system lets two files have the same ones.
     *
     * @param bytes a direct buffer
     */
    void share(long chunk, Fd older, ByteBuffer bytes, Hash digest) throws IOException {
        Fd file = open();
        if (!shared(older, file, Chunks.offset(chunk), bytes.remaining())) {
            Data.writeFully(file, bytes, Chunks.offset(chunk));
        }
        took(chunk, digest);
    }

    private static boolean shared(Fd older, Fd file, long offset, int length) throws LinuxException {
        try {
            Data.cloneRange(older, offset, length, file, offset);
            return true;
        } catch (LinuxException failure) {
            return switch (failure.errno()) {
                // EINVAL: the end of a file is no whole block
                case EOPNOTSUPP, EXDEV, ENOTTY, EINVAL -> false;
                default -> throw failure;
            };
        }
    }

    /** Leaves a hole where the chunk is. */
    void hole(long chunk, Hash digest) throws IOException {
        Fd file = open();
        Data.punchHole(file, Chunks.offset(chunk), Chunks.length(entry.size(), Chunks.offset(chunk)));
        took(chunk, digest);
    }

    /** Keeps a directory open that chunks are read from, until the file is whole. */
    synchronized void reads(OpenDirectory older) {
        if (read.add(older)) {
            var _ = older.hold();
        }
    }

    /** It gets no other names, though its source has several. */
    void standsAlone() {
        alone = true;
    }

    /** Makes the file where it is missing, and lets it be linked. */
    void touch() throws IOException {
        try (Fd file = Files.open(directory.fd(), entry.name().bytes(), Open.READ | Open.CREATE, PRIVATE)) {
            protection.lift(file);
        }
    }

    /** For a file without chunks, or all of whose chunks are there: only what comes after the last chunk. */
    void finishNow() throws IOException {
        try (Fd file = Files.open(directory.fd(), entry.name().bytes(), Open.READ | Open.CREATE, PRIVATE)) {
            if (protection.isSet(file)) {
                open.done(this);
            } else {
                finish(file);
            }
        }
    }

    /** Lets go of what is open: the file is whole, or the fill has ended before it was. */
    synchronized void release() {
        if (fd != null) {
            fd.close();
            fd = null;
        }
        read.forEach(OpenDirectory::close);
        directory.close();
    }

    private void took(long chunk, Hash digest) throws IOException {
        digests.put(firstChunk + chunk, digest);
        if (isLast()) {
            finishes.submit(() -> finish(open()));
        }
    }

    private synchronized boolean isLast() {
        missing--;
        return missing == 0;
    }

    private synchronized Fd open() throws LinuxException {
        if (fd == null) {
            fd = create();
            if (entry.size() > 0) {
                Data.truncate(fd, entry.size());
            }
        }
        return fd;
    }

    private Fd create() throws LinuxException {
        byte[] name = entry.name().bytes();
        try {
            return Files.open(directory.fd(), name, Open.WRITE | Open.CREATE, PRIVATE);
        } catch (LinuxException failure) {
            if (failure.errno() != Errno.EPERM) {
                throw failure;
            }
            // an earlier run had finished it, and its digests went in a crash; what fs-verity has sealed is never
            // written again
            try (Fd file = Files.open(directory.fd(), name, Open.READ, 0)) {
                protection.lift(file);
                if (Protection.hasVerity(file)) {
                    protection.lift(directory.fd());
                    Files.unlink(directory.fd(), name);
                }
            }
            return Files.open(directory.fd(), name, Open.WRITE | Open.CREATE, PRIVATE);
        }
    }

    private void finish(Fd file) throws LinuxException {
        FileFinish.attributes(file, entry.attributes());
        if (entry.size() > 0) {
            sync(file);
        }
        // names may still be added to the others: they are protected when all are there
        if (alone) {
            protection.set(file);
        }
        open.done(this);
    }

    /** The kernel says only once that it could not write: from then on what it lost looks like the rest. */
    private void sync(Fd file) throws LinuxException {
        try {
            Data.fdatasync(file);
        } catch (LinuxException failure) {
            digests.clear(firstChunk, Chunks.count(entry.size()));
            throw failure;
        }
    }
}
