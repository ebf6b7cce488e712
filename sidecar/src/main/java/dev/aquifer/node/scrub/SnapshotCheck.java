package dev.aquifer.node.scrub;

import dev.aquifer.node.cache.DatasetFolder;
import dev.aquifer.node.cache.DigestFile;
import dev.aquifer.node.cache.ListingVisitor;
import dev.aquifer.node.cache.ListingWalk;
import dev.aquifer.node.cache.OlderFile;
import dev.aquifer.node.cache.OlderSnapshot;
import dev.aquifer.node.cache.Protection;
import dev.aquifer.node.dataset.Chunks;
import dev.aquifer.node.dataset.DatasetPath;
import dev.aquifer.node.dataset.DirectoryEntry;
import dev.aquifer.node.dataset.FileEntry;
import dev.aquifer.node.dataset.Hash;
import dev.aquifer.node.dataset.LinkEntry;
import dev.aquifer.node.dataset.Name;
import dev.aquifer.node.dataset.SnapshotId;
import dev.aquifer.node.fill.Digests;
import dev.aquifer.node.fill.PausedException;
import dev.aquifer.node.fill.TreeFrame;
import dev.aquifer.node.linux.Data;
import dev.aquifer.node.linux.Errno;
import dev.aquifer.node.linux.Fd;
import dev.aquifer.node.linux.Files;
import dev.aquifer.node.linux.LinuxException;
import dev.aquifer.node.linux.Open;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Reads a complete snapshot from the disk itself, past the page cache, and compares each chunk with its digest. */
final class SnapshotCheck implements ListingVisitor, AutoCloseable {
    /** Buffers and lengths of O_DIRECT are multiples of it on every disk. */
    private static final int ALIGNED = 4096;

    private static final int MOST_UNREADABLE = 100;
    /** Found at once: a disk may be bad all over. */
    private static final int MOST_ROTTEN = 1000;

    private final DatasetFolder folder;
    private final SnapshotId snapshot;
    private final DigestFile digests;
    private final Pace pace;
    private final ScrubEvents events;
    private final BooleanSupplier stopped;
    private final Deque<TreeFrame> frames = new ArrayDeque<>();
    private final List<RottenFile> rotten = new ArrayList<>();
    private final List<String> unreadable = new ArrayList<>();
    private boolean more;
    /** How many directories deep it is below one that the disk does not give back. */
    private int below;

    private final ByteBuffer buffer =
            ByteBuffer.allocateDirect(Chunks.SIZE + ALIGNED).alignedSlice(ALIGNED);

    SnapshotCheck(DatasetFolder folder, SnapshotId snapshot, Pace pace, ScrubEvents events, BooleanSupplier stopped)
            throws IOException {
        this.folder = folder;
        this.snapshot = snapshot;
        this.pace = pace;
        this.events = events;
        this.stopped = stopped;
        try (Fd tree = folder.tree(snapshot)) {
            this.digests = folder.digests(snapshot);
            frames.push(TreeFrame.root(tree, List.of()));
        }
    }

    /** Reads all of it; what was found is known even if this fails. */
    void run() throws IOException {
        ListingWalk.over(folder.records(), folder.root(snapshot), List.of(), this);
    }

    /** Files whose bytes are not what they were. */
    List<RottenFile> rotten() {
        return List.copyOf(rotten);
    }

    /** Whether there are more of them than are remembered. */
    boolean hasMore() {
        return more;
    }

    /** Files and directories that the disk does not give back, for people. */
    List<String> unreadable() {
        return List.copyOf(unreadable);
    }

    @Override
    public void file(FileEntry file, long firstChunk, List<OlderFile> older) throws IOException {
        long chunks = Chunks.count(file.size());
        // a further name of a file has no digests: it is read by its first one
        if (below > 0 || chunks == 0 || digests.isFurtherName(firstChunk)) {
            return;
        }
        try {
            read(file, firstChunk, chunks);
        } catch (LinuxException failure) {
            note(file.name(), failure);
        }
    }

    private void note(Name name, LinuxException failure) throws LinuxException {
        if (!failure.errno().isDamage()) {
            throw failure;
        }
        if (unreadable.size() < MOST_UNREADABLE) {
            unreadable.add("%s cannot be read on this node: %s".formatted(path(name), failure.getMessage()));
        }
    }

    private void read(FileEntry file, long firstChunk, long chunks) throws IOException {
        long wrong = 0;
        try (Fd fd = open(file)) {
            if (Protection.hasVerity(fd)) {
                // such files are read through memory even so
                Data.forget(fd, 0, file.size());
            }
            for (long chunk = 0; chunk < chunks; chunk++) {
                if (stopped.getAsBoolean()) {
                    throw new PausedException();
                }
                Hash digest = digests.get(firstChunk + chunk);
                if (digest == null || !isRight(fd, file, chunk, digest)) {
                    wrong++;
                }
            }
        }
        if (wrong > 0 && rotten.size() < MOST_ROTTEN) {
            rotten.add(new RottenFile(path(file.name()), file, firstChunk, wrong));
        } else if (wrong > 0) {
            more = true;
        }
    }

    private DatasetPath path(Name name) {
        return frames.element().path().child(name);
    }

    private Fd open(FileEntry file) throws LinuxException {
        Fd dir = frames.element().directory().fd();
        byte[] name = file.name().bytes();
        try {
            return Files.open(dir, name, Open.READ | Open.DIRECT, 0);
        } catch (LinuxException failure) {
            if (failure.errno() != Errno.EINVAL) {
                throw failure;
            }
            // tmpfs, for one: what is in memory only cannot be read past it
            return Files.open(dir, name, Open.READ, 0);
        }
    }

    private boolean isRight(Fd fd, FileEntry file, long chunk, Hash digest) throws IOException {
        int length = Chunks.length(file.size(), Chunks.offset(chunk));
        pace.spend(length);
        events.scrubbed(length);
        buffer.clear();
        try {
            int read = 1;
            while (buffer.position() < length && read > 0 && buffer.position() % ALIGNED == 0) {
                read = Data.read(fd, buffer, Chunks.offset(chunk) + buffer.position());
            }
        } catch (LinuxException failure) {
            if (failure.errno() != Errno.EIO) {
                throw failure;
            }
            return false;
        }
        return buffer.position() >= length
                && Digests.of(buffer.flip().limit(length)).equals(digest);
    }

    @Override
    public void enter(DirectoryEntry directory, List<OlderSnapshot> older) throws IOException {
        if (below > 0) {
            below++;
            return;
        }
        try {
            frames.push(frames.element().below(directory.name(), List.of()));
        } catch (LinuxException failure) {
            note(directory.name(), failure);
            below = 1;
        }
    }

    @Override
    public void leave(DirectoryEntry directory) {
        if (below > 0) {
            below--;
        } else {
            frames.pop().close();
        }
    }

    @Override
    public void link(LinkEntry link) {
        // has no bytes of its own
    }

    @Override
    public void directory(DirectoryEntry directory) {
        // has no bytes of its own
    }

    @Override
    public void close() throws IOException {
        frames.forEach(TreeFrame::close);
        digests.close();
    }
}
