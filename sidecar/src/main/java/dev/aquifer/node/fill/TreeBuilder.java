package dev.aquifer.node.fill;

import dev.aquifer.node.cache.DigestFile;
import dev.aquifer.node.cache.Filling;
import dev.aquifer.node.cache.ListingVisitor;
import dev.aquifer.node.cache.OlderFile;
import dev.aquifer.node.cache.OlderSnapshot;
import dev.aquifer.node.cache.Protection;
import dev.aquifer.node.dataset.Chunks;
import dev.aquifer.node.dataset.DatasetPath;
import dev.aquifer.node.dataset.DirectoryEntry;
import dev.aquifer.node.dataset.FileEntry;
import dev.aquifer.node.dataset.LinkEntry;
import dev.aquifer.node.linux.Errno;
import dev.aquifer.node.linux.Fd;
import dev.aquifer.node.linux.Files;
import dev.aquifer.node.linux.LinuxException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes a snapshot's tree: directories and links at once, files from older snapshots where they are the same, and all other
 * chunks by a pool. What an earlier run left is used.
 */
final class TreeBuilder implements ListingVisitor, AutoCloseable {
    private static final int PRIVATE = 0700;

    private final DigestFile digests;
    private final Protection protection;
    private final LinkGroups groups;
    private final OlderFiles olderFiles;
    private final @Nullable Recheck recheck;
    private final ChunkPool pool;
    private final Progress progress;
    private final OpenFiles open = new OpenFiles();
    private final Finishes finishes = new Finishes();
    private final Deque<TreeFrame> frames = new ArrayDeque<>();

    TreeBuilder(Filling filling, List<OlderSnapshot> older, Protection protection, ChunkPool pool, Progress progress)
            throws IOException {
        this.digests = filling.digests();
        this.protection = protection;
        this.groups = new LinkGroups(filling.links(), digests);
        this.olderFiles = new OlderFiles(protection);
        this.recheck = filling.trusted() ? null : new Recheck(digests, protection, pool);
        this.pool = pool;
        this.progress = progress;
        frames.push(TreeFrame.root(filling.tree(), older));
    }

    @Override
    public void file(FileEntry file, long firstChunk, List<OlderFile> older) throws IOException {
        pool.check();
        TreeFrame here = here();
        if (recheck != null) {
            recheck.file(here.directory().fd(), file, firstChunk);
        }
        if (takeSame(here, file, firstChunk, older)
                || groups.join(here.directory().fd(), file, firstChunk)) {
            progress.reused(file.size());
            progress.fileDone();
            return;
        }
        fetch(here, file, firstChunk, older);
    }

    private boolean takeSame(TreeFrame here, FileEntry file, long firstChunk, List<OlderFile> older)
            throws IOException {
        OlderFile same = OlderFiles.same(file, older);
        OpenDirectory from = same == null ? null : here.older(same.snapshot());
        if (same == null || from == null) {
            return false;
        }
        boolean further = OlderFiles.isFurtherName(file, same);
        // else it would have no digests at all, since those of its first name are not taken over
        boolean known = !further || groups.isLedBy(from.fd(), file);
        if (!known || !link(here, file, from, same.snapshot().complete(), further)) {
            return false;
        }
        digests.copy(same.snapshot().digests(), same.firstChunk(), firstChunk, Chunks.count(file.size()));
        if (!same.snapshot().complete()) {
            finishTaken(newFile(here, file, firstChunk, 0), same);
        }
        return true;
    }

    /** Its fill may have been killed between the last chunk and the file's attributes, or the disk may have failed there. */
    private static void finishTaken(NewFile file, OlderFile taken) throws IOException {
        try {
            file.finishNow();
        } catch (LinuxException failure) {
            taken.snapshot()
                    .digests()
                    .clear(taken.firstChunk(), Chunks.count(taken.entry().size()));
            throw failure;
        }
    }

    private boolean link(TreeFrame here, FileEntry file, OpenDirectory from, boolean complete, boolean further)
            throws IOException {
        byte[] name = file.name().bytes();
        Fd dir = here.directory().fd();
        if (!olderFiles.link(from.fd(), dir, name, complete)) {
            return false;
        }
        if (file.linkGroup() != 0 && !further) {
            olderFiles.whileLinkable(dir, name, complete, () -> groups.lead(dir, file));
        }
        return true;
    }

    private void fetch(TreeFrame here, FileEntry file, long firstChunk, List<OlderFile> older) throws IOException {
        long missing = missing(file, firstChunk);
        NewFile fresh = newFile(here, file, firstChunk, missing);
        if (file.linkGroup() != 0) {
            fresh.touch();
            if (!groups.lead(here.directory().fd(), file)) {
                fresh.standsAlone();
            }
        }
        if (missing == 0) {
            fresh.finishNow();
            return;
        }
        for (long chunk = 0; chunk < Chunks.count(file.size()); chunk++) {
            // asked before anybody fetches it
            if (digests.get(firstChunk + chunk) == null) {
                pool.add(new ChunkTask(fresh, chunk, olderChunk(here, fresh, chunk, older)));
            }
        }
    }

    private NewFile newFile(TreeFrame here, FileEntry file, long firstChunk, long missing) {
        DatasetPath path = here.path().child(file.name());
        return new NewFile(here.directory(), file, path, firstChunk, missing, digests, protection, open, finishes);
    }

    /** How many: a list of them would take much of the heap where a file has terabytes. */
    private long missing(FileEntry file, long firstChunk) throws IOException {
        long missing = 0;
        for (long chunk = 0; chunk < Chunks.count(file.size()); chunk++) {
            if (digests.get(firstChunk + chunk) == null) {
                missing++;
            } else {
                progress.reused(Chunks.length(file.size(), Chunks.offset(chunk)));
            }
        }
        return missing;
    }

    private static @Nullable OlderChunk olderChunk(TreeFrame here, NewFile fresh, long chunk, List<OlderFile> older)
            throws IOException {
        for (OlderFile candidate : older) {
            OpenDirectory from = here.older(candidate.snapshot());
            OlderChunk found = from == null ? null : OlderFiles.chunk(fresh.entry(), chunk, candidate, from);
            if (found != null) {
                fresh.reads(found.directory());
                return found;
            }
        }
        return null;
    }

    @Override
    public void link(LinkEntry link) throws IOException {
        TreeFrame here = here();
        ifMissing(() ->
                Files.symlink(link.target(), here.directory().fd(), link.name().bytes()));
        FileFinish.attributes(here.directory().fd(), link);
    }

    @Override
    public void directory(DirectoryEntry directory) throws IOException {
        TreeFrame here = here();
        ifMissing(() -> Files.mkdir(here.directory().fd(), directory.name().bytes(), PRIVATE));
    }

    @Override
    public void enter(DirectoryEntry directory, List<OlderSnapshot> older) throws IOException {
        frames.push(here().below(directory.name(), older));
    }

    @Override
    public void leave(DirectoryEntry directory) {
        frames.pop().close();
    }

    /** Waits until all files are whole and on the disk. */
    void finish() throws IOException {
        pool.finish();
        finishes.drain();
        open.expectNone();
    }

    /** Ends the pool, whose threads use what is open here, and lets go of that. */
    @Override
    public void close() {
        pool.close();
        finishes.close();
        open.close();
        frames.forEach(TreeFrame::close);
    }

    private TreeFrame here() {
        return frames.element();
    }

    private static void ifMissing(Making making) throws LinuxException {
        try {
            making.make();
        } catch (LinuxException failure) {
            // EPERM: an earlier run has protected the directory already, so all is in it
            if (failure.errno() != Errno.EEXIST && failure.errno() != Errno.EPERM) {
                throw failure;
            }
        }
    }

    /** Makes one name. */
    @FunctionalInterface
    private interface Making {
        void make() throws LinuxException;
    }
}
