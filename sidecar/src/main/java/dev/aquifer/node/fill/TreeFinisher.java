package dev.aquifer.node.fill;

import dev.aquifer.node.cache.ListingVisitor;
import dev.aquifer.node.cache.OlderFile;
import dev.aquifer.node.cache.OlderSnapshot;
import dev.aquifer.node.cache.Protection;
import dev.aquifer.node.dataset.Attributes;
import dev.aquifer.node.dataset.DirectoryEntry;
import dev.aquifer.node.dataset.FileEntry;
import dev.aquifer.node.dataset.LinkEntry;
import dev.aquifer.node.linux.Data;
import dev.aquifer.node.linux.Fd;
import dev.aquifer.node.linux.Files;
import dev.aquifer.node.linux.LinuxException;
import dev.aquifer.node.linux.Open;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Gives all directories of a tree their attributes, once nothing more is put into them, brings them to the disk and protects
 * them. Seals the files, where that takes more than was done with the last chunk of each.
 */
final class TreeFinisher implements ListingVisitor, AutoCloseable {
    private final Protection protection;
    private final Finishes seals = new Finishes();
    private final Deque<Fd> open = new ArrayDeque<>();

    TreeFinisher(Fd tree, Protection protection) throws LinuxException {
        this.protection = protection;
        open.push(Files.reopen(tree));
    }

    /** The root itself, which stays unprotected: it is still to be renamed. Waits for all that is sealed. */
    void root(Attributes attributes) throws IOException {
        seals.drain();
        Fd root = open.element();
        FileFinish.attributes(root, attributes);
        Data.fsync(root);
    }

    @Override
    public void enter(DirectoryEntry directory, List<OlderSnapshot> older) throws LinuxException {
        open.push(Files.openDirectory(open.element(), directory.name().bytes()));
    }

    @Override
    public void leave(DirectoryEntry directory) throws LinuxException {
        try (Fd fd = open.pop()) {
            if (!protection.isSet(fd)) {
                FileFinish.attributes(fd, directory.attributes());
                Data.fsync(fd);
                protection.set(fd);
            }
        }
    }

    @Override
    public void file(FileEntry file, long firstChunk, List<OlderFile> older) throws IOException {
        if (protection.verity() && file.size() > 0) {
            Fd whole = Files.open(open.element(), file.name().bytes(), Open.READ, 0);
            seals.submit(whole, () -> protection.seal(whole));
        }
    }

    @Override
    public void link(LinkEntry link) {
        // finished when it was made
    }

    @Override
    public void directory(DirectoryEntry directory) {
        // finished when it is left
    }

    @Override
    public void close() {
        seals.close();
        open.forEach(Fd::close);
    }
}
