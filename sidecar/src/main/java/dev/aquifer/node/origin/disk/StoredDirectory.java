package dev.aquifer.node.origin.disk;

import dev.aquifer.node.dataset.Directory;
import dev.aquifer.node.dataset.DirectoryIndex;
import dev.aquifer.node.dataset.Entry;
import dev.aquifer.node.dataset.Hash;
import dev.aquifer.node.dataset.ListingCodec;
import dev.aquifer.node.dataset.ListingRecord;
import dev.aquifer.node.dataset.SnapshotRoot;
import java.io.IOException;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The entries of a directory that was listed, in order, one page in memory at a time. */
public final class StoredDirectory {
    private final RecordPacks records;
    private final Iterator<Hash> pages;
    private Iterator<Entry> entries = Collections.emptyIterator();

    public StoredDirectory(RecordPacks records, Hash content) throws IOException {
        this.records = records;
        this.pages = pages(content).iterator();
    }

    /** The next entry, or null at the end. */
    public @Nullable Entry next() throws IOException {
        while (!entries.hasNext()) {
            if (!pages.hasNext()) {
                return null;
            }
            if (!(read(pages.next()) instanceof Directory page)) {
                throw new IOException("Expected a page of a directory in the store, found another record");
            }
            entries = page.entries().iterator();
        }
        return entries.next();
    }

    private List<Hash> pages(Hash content) throws IOException {
        return switch (read(content)) {
            case Directory directory -> List.of(content);
            case DirectoryIndex index -> index.pages();
            case SnapshotRoot root -> throw new IOException("Expected a directory in the store, found a root");
        };
    }

    private ListingRecord read(Hash hash) throws IOException {
        var record = records.get(hash);
        if (record == null) {
            throw new IOException("Expected the record %s in the store, found none".formatted(hash));
        }
        return ListingCodec.parse(hash, record);
    }
}
