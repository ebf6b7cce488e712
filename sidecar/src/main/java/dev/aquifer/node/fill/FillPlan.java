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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Adds up what a fill will write: whole blocks for each file that no older snapshot shares, one block for each directory, and
 * what is written down of them.
 */
final class FillPlan implements ListingVisitor {
    private static final long BLOCK = 4096;
    /** As many files of several names are known again; of others each name counts, since memory has an end. */
    private static final int MOST_GROUPS = 200_000;
    /** A file gets as many; ext4 stops at 65,000, of which older snapshots may have some. */
    private static final int MOST_NAMES = 60_000;

    /** How many names of each were seen. */
    private final Map<Long, Integer> groups = new HashMap<>();
    /** Those whose first name is an older snapshot's too: others get no more names, but become files of their own. */
    private final Set<Long> older = new HashSet<>();

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
    public void file(FileEntry file, long firstChunk, List<OlderFile> candidates) throws IOException {
        chunks = firstChunk + Chunks.count(file.size());
        int names = names(file.linkGroup());
        if (names > MOST_NAMES || !(isShared(file, names, candidates) || isJoined(file, names))) {
            add(file.size() / BLOCK + (file.size() % BLOCK == 0 ? 0 : 1));
        }
    }

    /** Of the file, with this one, as far as is known. */
    private int names(long group) {
        boolean known = group != 0 && (groups.size() < MOST_GROUPS || groups.containsKey(group));
        return known ? groups.merge(group, 1, Integer::sum) : 1;
    }

    /** A further name of an older file stays one only where the first does. */
    private boolean isShared(FileEntry file, int names, List<OlderFile> candidates) throws IOException {
        OlderFile same = OlderFiles.same(file, candidates);
        if (same == null) {
            return false;
        }
        boolean known = groups.containsKey(file.linkGroup());
        if (known && OlderFiles.isFurtherName(file, same) && !older.contains(file.linkGroup())) {
            return false;
        }
        if (names == 1 && known && same.snapshot().complete()) {
            older.add(file.linkGroup());
        }
        return true;
    }

    private boolean isJoined(FileEntry file, int names) {
        return names > 1 && !older.contains(file.linkGroup());
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
