package dev.aquifer.node.cache;

import dev.aquifer.node.dataset.Chunks;
import dev.aquifer.node.dataset.Directory;
import dev.aquifer.node.dataset.DirectoryEntry;
import dev.aquifer.node.dataset.Entry;
import dev.aquifer.node.dataset.FileEntry;
import dev.aquifer.node.dataset.Hash;
import dev.aquifer.node.dataset.InvalidListing;
import dev.aquifer.node.dataset.LinkEntry;
import dev.aquifer.node.dataset.ListingBudget;
import dev.aquifer.node.dataset.ListingLimits;
import dev.aquifer.node.dataset.SnapshotRoot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Walks over a snapshot's listing, beside those of older snapshots, and numbers the chunks. It takes no more than the root
 * record announced, whatever the records say, and in the end not less.
 */
public final class ListingWalk {
    /**
     * One page of each directory on the path is in memory, and a page may be long: a deep tree of them is refused. Older
     * snapshots have their pages too, and several walks run at once.
     */
    private static final long MOST_OPEN =
            Math.min(24 << 20, Runtime.getRuntime().maxMemory() / 32);
    /** In memory, beside its name and the target of a link. */
    private static final int ENTRY = 200;

    private final RecordStore records;
    private final ListingVisitor visitor;
    private final ListingBudget budget;
    private final SnapshotRoot root;
    private final long mostOpen;
    private long nextChunk;
    private long open;

    private ListingWalk(RecordStore records, SnapshotRoot root, ListingVisitor visitor, long mostOpen) {
        this.records = records;
        this.root = root;
        this.visitor = visitor;
        this.mostOpen = mostOpen;
        this.budget = new ListingBudget(
                new ListingLimits(root.totals().entries(), root.totals().bytes()));
    }

    /**
     * Walks over all of it.
     *
     * @throws MissingRecordException if a record of the snapshot itself is not there; an older one is then left out
     * @throws InvalidListing if the listing is not what its root record announces
     */
    public static void over(RecordStore records, SnapshotRoot root, List<OlderSnapshot> older, ListingVisitor visitor)
            throws IOException {
        over(records, root, older, visitor, MOST_OPEN);
    }

    /** @param mostOpen bytes of the entries beside those on one path */
    static void over(
            RecordStore records, SnapshotRoot root, List<OlderSnapshot> older, ListingVisitor visitor, long mostOpen)
            throws IOException {
        new ListingWalk(records, root, visitor, mostOpen).walk(older);
    }

    private void walk(List<OlderSnapshot> older) throws IOException {
        List<OlderLane> lanes = new ArrayList<>();
        for (OlderSnapshot snapshot : older) {
            lanes.add(new OlderLane(
                    records, new OlderRun(snapshot), snapshot.root().content()));
        }
        descend(root.content(), lanes, 0);
        if (!budget.taken().equals(root.totals())) {
            throw new InvalidListing("Expected a listing of %s, found %s".formatted(root.totals(), budget.taken()));
        }
    }

    private void descend(Hash content, List<OlderLane> lanes, int depth) throws IOException {
        boolean directories = false;
        EntryStream entries = EntryStream.of(records, content, page -> budget.take(page, depth));
        for (Entry entry = entries.next(); entry != null; entry = entries.next()) {
            switch (entry) {
                case FileEntry file -> file(file, lanes);
                case LinkEntry link -> visitor.link(link);
                case DirectoryEntry directory -> {
                    visitor.directory(directory);
                    directories = true;
                }
            }
        }
        lanes.forEach(OlderLane::endOfFiles);
        if (directories) {
            descendAll(content, lanes, depth);
        }
        lanes.forEach(OlderLane::endOfDirectories);
    }

    private void file(FileEntry file, List<OlderLane> lanes) throws IOException {
        List<OlderFile> older = new ArrayList<>(lanes.size());
        for (OlderLane lane : lanes) {
            OlderFile same = lane.file(file.name());
            if (same != null) {
                older.add(same);
            }
        }
        visitor.file(file, nextChunk, older);
        nextChunk += Chunks.count(file.size());
    }

    private void descendAll(Hash content, List<OlderLane> lanes, int depth) throws IOException {
        long[] held = new long[1];
        EntryStream entries = EntryStream.of(records, content, page -> held[0] = hold(page, held[0]));
        for (Entry entry = entries.next(); entry != null; entry = entries.next()) {
            if (entry instanceof DirectoryEntry directory) {
                List<OlderLane> below = new ArrayList<>(lanes.size());
                for (OlderLane lane : lanes) {
                    OlderLane same = lane.directory(directory.name());
                    if (same != null) {
                        below.add(same);
                    }
                }
                visitor.enter(directory, below.stream().map(OlderLane::snapshot).toList());
                descend(directory.content(), below, depth + 1);
                visitor.leave(directory);
            }
        }
        open -= held[0];
    }

    /** Notes that a page is in memory, instead of the one before it; says how many bytes it has. */
    private long hold(Directory page, long before) {
        long bytes = page.entries().stream().mapToLong(ListingWalk::size).sum();
        open += bytes - before;
        if (open > mostOpen) {
            throw new InvalidListing(
                    "Expected entries of at most %d bytes beside those on one path, found more; spread them over more directories"
                            .formatted(mostOpen));
        }
        return bytes;
    }

    private static long size(Entry entry) {
        long target = entry instanceof LinkEntry link ? link.target().length : 0;
        return ENTRY + entry.name().length() + target;
    }
}
