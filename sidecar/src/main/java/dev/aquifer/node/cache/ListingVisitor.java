package dev.aquifer.node.cache;

import dev.aquifer.node.dataset.DirectoryEntry;
import dev.aquifer.node.dataset.FileEntry;
import dev.aquifer.node.dataset.LinkEntry;
import java.io.IOException;
import java.util.List;

/** Sees a snapshot's listing in its one order: all entries of a directory first, then what is in its sub-directories. */
public interface ListingVisitor {
    /**
     * A file.
     *
     * @param firstChunk number of the file's first chunk among all of the snapshot
     * @param older files at the same path in older snapshots
     */
    void file(FileEntry file, long firstChunk, List<OlderFile> older) throws IOException;

    void link(LinkEntry link) throws IOException;

    /** A sub-directory, whose content comes later. */
    void directory(DirectoryEntry directory) throws IOException;

    /**
     * The content of a sub-directory comes next.
     *
     * @param older those that have it too
     */
    void enter(DirectoryEntry directory, List<OlderSnapshot> older) throws IOException;

    /** The content of the sub-directory has ended. */
    void leave(DirectoryEntry directory) throws IOException;
}
