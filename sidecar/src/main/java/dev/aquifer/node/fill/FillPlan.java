package dev.aquifer.node.fill;

import dev.aquifer.node.cache.ListingVisitor;
import dev.aquifer.node.cache.OlderFile;
import dev.aquifer.node.cache.OlderSnapshot;
import dev.aquifer.node.cache.Usage;
import dev.aquifer.node.dataset.Chunks;
import dev.aquifer.node.dataset.DirectoryEntry;
import dev.aquifer.node.dataset.FileEntry;
import dev.aquifer.node.dataset.Hash;
import dev.aquifer.node.dataset.LinkEntry;
import dev.aquifer.node.dataset.ListingSize;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Adds up what a fill will write: whole blocks for each file that no older snapshot shares, one block for each directory, and
 * what is written down of them.
 */
final class FillPlan implements ListingVisitor {
    private static final long BLOCK = 4096;
    /** As many files of several names are known again; of others each name counts, since memory has an end. */
    private static final int MOST_GROUPS = 200_000;

    private final Set<Long> groups = new HashSet<>();
    private long bytes = BLOCK;
    private long inodes = 1;
    private long chunks;

    /** Beside its listing. */
    Usage need() {
        return new Usage(bytes, inodes).plus(new Usage(chunks * Hash.LENGTH + BLOCK, 1));
    }

    /** What records take, each a file of its own. */
    static Usage of(ListingSize listing) {
        Usage blocks = new Usage(Math.min(listing.records(), Long.MAX_VALUE / BLOCK) * BLOCK, listing.records());
        return blocks.plus(new Usage(listing.bytes(), 0));
    }

    @Override
    public void file(FileEntry file, long firstChunk, List<OlderFile> older) throws IOException {
        chunks = firstChunk + Chunks.count(file.size());
        if (OlderFiles.same(file, older) != null || isSecondName(file)) {
            return;
        }
        add(file.size() / BLOCK + (file.size() % BLOCK == 0 ? 0 : 1));
    }

    private boolean isSecondName(FileEntry file) {
        if (file.linkGroup() == 0 || groups.contains(file.linkGroup())) {
            return file.linkGroup() != 0;
        }
        if (groups.size() < MOST_GROUPS) {
            groups.add(file.linkGroup());
        }
        return false;
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
