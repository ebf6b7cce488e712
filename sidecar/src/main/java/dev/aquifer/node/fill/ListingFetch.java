package dev.aquifer.node.fill;

import dev.aquifer.node.cache.NewRecord;
import dev.aquifer.node.cache.RecordStore;
import dev.aquifer.node.dataset.Directory;
import dev.aquifer.node.dataset.DirectoryEntry;
import dev.aquifer.node.dataset.DirectoryIndex;
import dev.aquifer.node.dataset.Hash;
import dev.aquifer.node.dataset.InvalidListing;
import dev.aquifer.node.dataset.ListingCodec;
import dev.aquifer.node.dataset.ListingRecord;
import dev.aquifer.node.dataset.ListingSize;
import dev.aquifer.node.dataset.SnapshotRoot;
import dev.aquifer.node.remote.OriginClient;
import dev.aquifer.node.transfer.Wire;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Brings all records of a snapshot's listing into the cache: those that are there already, because an older snapshot has the
 * same directories, are not asked for. Each is checked against its hash before it is kept, and there are no more of them than
 * the totals of the root allow. They reach the disk before any file does.
 */
public final class ListingFetch {
    /** Directories often have the same content, such as none: so many are remembered, and looked at once. */
    private static final int MOST_SEEN = 50_000;

    private final OriginClient origin;
    private final RecordStore records;
    private final BooleanSupplier paused;
    private final long mostRecords;
    private final HashStack wanted = HashStack.ofHeap();
    private final Set<Hash> seen = new HashSet<>();
    private long named;
    private long fetchedRecords;
    private long fetchedBytes;

    /** A fetch that refuses a listing of more records than this. */
    public ListingFetch(OriginClient origin, RecordStore records, long mostRecords, BooleanSupplier paused) {
        this.origin = origin;
        this.records = records;
        this.mostRecords = mostRecords;
        this.paused = paused;
    }

    /**
     * Fetches what is missing.
     *
     * @return what came from the origin
     */
    public ListingSize fetch(SnapshotRoot root) throws IOException {
        ListingSize most = ListingSize.most(root.totals());
        ListingSize limit = new ListingSize(Math.min(most.records(), mostRecords), most.bytes());
        want(root.content(), limit);
        try (Finishes finishes = new Finishes()) {
            while (!wanted.isEmpty()) {
                if (paused.getAsBoolean()) {
                    throw new PausedException();
                }
                List<Hash> missing = nextMissing(limit);
                if (!missing.isEmpty()) {
                    origin.records(missing, (asked, bytes) -> keep(asked, bytes, limit, finishes));
                }
            }
            finishes.drain();
        }
        // of those that were there too: the run that put them may have been killed before it came to this
        records.syncNames();
        return new ListingSize(fetchedRecords, fetchedBytes);
    }

    /** Goes through what is there until enough is not. */
    private List<Hash> nextMissing(ListingSize limit) throws IOException {
        List<Hash> missing = new ArrayList<>();
        while (missing.size() < Wire.MOST_RECORDS && !wanted.isEmpty()) {
            // the newest first: the deepest level is finished before the next begins, so few are remembered
            Hash hash = wanted.pop();
            ListingRecord record = records.get(hash);
            if (record == null) {
                missing.add(hash);
            } else {
                wantBelow(record, limit);
            }
        }
        return missing;
    }

    private void keep(Hash asked, byte @Nullable [] bytes, ListingSize limit, Finishes finishes) throws IOException {
        if (bytes == null) {
            throw new RecordGoneException(asked);
        }
        ListingRecord record = ListingCodec.parse(asked, bytes);
        fetchedRecords++;
        fetchedBytes += bytes.length;
        if (fetchedBytes > limit.bytes()) {
            throw new InvalidListing("Expected a listing of at most %d bytes, found more".formatted(limit.bytes()));
        }
        NewRecord written = records.put(asked, bytes);
        finishes.submit(written::keep);
        wantBelow(record, limit);
    }

    private void wantBelow(ListingRecord record, ListingSize limit) {
        switch (record) {
            case DirectoryIndex index -> index.pages().forEach(page -> want(page, limit));
            case Directory directory ->
                directory.entries().forEach(entry -> {
                    if (entry instanceof DirectoryEntry below) {
                        want(below.content(), limit);
                    }
                });
            case SnapshotRoot _ -> throw new InvalidListing("Expected the record of a directory, found that of a root");
        }
    }

    private void want(Hash hash, ListingSize limit) {
        if (seen.contains(hash)) {
            return;
        }
        if (seen.size() < MOST_SEEN) {
            seen.add(hash);
        }
        named++;
        if (named > limit.records()) {
            throw new InvalidListing("Expected a listing of at most %d records, found more".formatted(limit.records()));
        }
        wanted.push(hash);
    }
}
