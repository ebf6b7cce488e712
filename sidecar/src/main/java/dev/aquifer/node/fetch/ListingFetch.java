package dev.aquifer.node.fetch;

import dev.aquifer.node.cache.RecordStore;
import dev.aquifer.node.dataset.Directory;
import dev.aquifer.node.dataset.DirectoryEntry;
import dev.aquifer.node.dataset.DirectoryIndex;
import dev.aquifer.node.dataset.Hash;
import dev.aquifer.node.dataset.InvalidListing;
import dev.aquifer.node.dataset.ListingCodec;
import dev.aquifer.node.dataset.ListingRecord;
import dev.aquifer.node.dataset.SnapshotRoot;
import dev.aquifer.node.transfer.Wire;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Brings all records of a snapshot's listing into the cache: those that are there already, because an older snapshot has the
 * same directories, are not asked for. Each is checked against its hash before it is kept.
 */
final class ListingFetch {
    private final Origin origin;
    private final RecordStore records;
    private final BooleanSupplier paused;
    private final long mostRecords;
    private final Deque<Hash> wanted = new ArrayDeque<>();
    private final Set<Hash> seen = new HashSet<>();
    private long fetchedBytes;

    /** A fetch that refuses a listing of more records than this. */
    ListingFetch(Origin origin, RecordStore records, long mostRecords, BooleanSupplier paused) {
        this.origin = origin;
        this.records = records;
        this.mostRecords = mostRecords;
        this.paused = paused;
    }

    /**
     * Fetches what is missing.
     *
     * @return bytes that came from the origin
     */
    long fetch(SnapshotRoot root) throws IOException {
        want(root.content());
        while (!wanted.isEmpty()) {
            if (paused.getAsBoolean()) {
                throw new PausedException();
            }
            List<Hash> missing = nextMissing();
            if (!missing.isEmpty()) {
                origin.records(missing, this::keep);
            }
        }
        return fetchedBytes;
    }

    /** Goes through what is there until enough is not. */
    private List<Hash> nextMissing() throws IOException {
        List<Hash> missing = new ArrayList<>();
        while (missing.size() < Wire.MOST_RECORDS && !wanted.isEmpty()) {
            // the newest first: the deepest level is finished before the next begins, so few are remembered
            Hash hash = wanted.removeLast();
            ListingRecord record = records.get(hash);
            if (record == null) {
                missing.add(hash);
            } else {
                wantBelow(record);
            }
        }
        return missing;
    }

    private void keep(Hash asked, byte @Nullable [] bytes) throws IOException {
        if (bytes == null) {
            throw new OriginException(
                    "the origin does not have the listing record %s, which its own listing names".formatted(asked));
        }
        ListingRecord record = ListingCodec.parse(asked, bytes);
        records.put(asked, bytes);
        fetchedBytes += bytes.length;
        wantBelow(record);
    }

    private void wantBelow(ListingRecord record) {
        switch (record) {
            case DirectoryIndex index -> index.pages().forEach(this::want);
            case Directory directory ->
                directory.entries().forEach(entry -> {
                    if (entry instanceof DirectoryEntry below) {
                        want(below.content());
                    }
                });
            case SnapshotRoot _ -> throw new InvalidListing("Expected the record of a directory, found that of a root");
        }
    }

    private void want(Hash hash) {
        if (seen.add(hash)) {
            wanted.addLast(hash);
        }
        if (seen.size() > mostRecords) {
            throw new InvalidListing("Expected a listing of at most %d records, found more".formatted(mostRecords));
        }
    }
}
