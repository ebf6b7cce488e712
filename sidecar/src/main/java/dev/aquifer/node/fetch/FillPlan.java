package dev.aquifer.node.fetch;

import dev.aquifer.node.cache.ListingVisitor;
import dev.aquifer.node.cache.OlderFile;
import dev.aquifer.node.cache.OlderSnapshot;
import dev.aquifer.node.cache.Usage;
import dev.aquifer.node.dataset.DirectoryEntry;
import dev.aquifer.node.dataset.FileEntry;
import dev.aquifer.node.dataset.LinkEntry;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Adds up what a fill will write: whole blocks for each file that no older snapshot shares, one block for each directory. */
final class FillPlan implements ListingVisitor {
    private static final long BLOCK = 4096;

    private final Set<Long> groups = new HashSet<>();
    private long bytes = BLOCK;
    private long inodes = 1;

    Usage need() {
        return new Usage(bytes, inodes);
    }

    @Override
    public void file(FileEntry file, long firstChunk, List<OlderFile> older) {
        if (older.stream().anyMatch(same -> isShared(file, same))
                || (file.linkGroup() != 0 && !groups.add(file.linkGroup()))) {
            return;
        }
        add(file.size() / BLOCK + (file.size() % BLOCK == 0 ? 0 : 1));
    }

    /** Whether an older snapshot's file can be used as it is. */
    static boolean isShared(FileEntry file, OlderFile older) {
        return older.snapshot().complete() && older.entry().equals(file);
    }

    @Override
    public void link(LinkEntry link) {
        add(1);
    }

    @Override
    public void directory(DirectoryEntry directory) {
        add(1);
    }

    @Override
    public void enter(DirectoryEntry directory, List<OlderSnapshot> older) {
        // counted by its parent
    }

    @Override
    public void leave(DirectoryEntry directory) {
        // nothing to add
    }

    private void add(long blocks) {
        long more = bytes + Math.min(blocks, Long.MAX_VALUE / BLOCK) * BLOCK;
        bytes = more < 0 ? Long.MAX_VALUE : more;
        inodes++;
    }
}
