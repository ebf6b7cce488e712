package dev.aquifer.node.cache;

import dev.aquifer.node.dataset.Directory;
import dev.aquifer.node.dataset.DirectoryIndex;
import dev.aquifer.node.dataset.Entry;
import dev.aquifer.node.dataset.Hash;
import dev.aquifer.node.dataset.InvalidListing;
import dev.aquifer.node.dataset.ListingRecord;
import dev.aquifer.node.dataset.Name;
import dev.aquifer.node.dataset.SnapshotRoot;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The entries of one directory in order, page by page: one page is in memory at a time. */
final class EntryStream {
    private final RecordStore records;
    private final List<Hash> pages;
    private final Consumer<Directory> counter;
    private Directory lastFull = Directory.EMPTY;
    private int nextPage;
    private @Nullable Directory page;
    private int at;

    private EntryStream(RecordStore records, List<Hash> pages, Consumer<Directory> counter) {
        this.records = records;
        this.pages = pages;
        this.counter = counter;
    }

    /**
     * Begins at the first entry.
     *
     * @param content hash of a directory's record, or of its index
     * @param counter sees each page once
     */
    static EntryStream of(RecordStore records, Hash content, Consumer<Directory> counter) throws IOException {
        return switch (records.require(content)) {
            case Directory _ -> new EntryStream(records, List.of(content), counter);
            case DirectoryIndex index -> new EntryStream(records, index.pages(), counter);
            case SnapshotRoot _ -> throw notA("directory");
        };
    }

    /** The entry that comes next, which stays next; null at the end. */
    @Nullable Entry peek() throws IOException {
        while (page == null || at == page.entries().size()) {
            if (nextPage == pages.size()) {
                return null;
            }
            turn();
        }
        return page.entries().get(at);
    }

    /** The entry that comes next; null at the end. */
    @Nullable Entry next() throws IOException {
        Entry entry = peek();
        at++;
        return entry;
    }

    /** Whether the next entry comes before this name. */
    boolean before(Name name) throws IOException {
        Entry entry = peek();
        return entry != null && entry.name().compareTo(name) < 0;
    }

    private void turn() throws IOException {
        ListingRecord record = records.require(pages.get(nextPage++));
        if (!(record instanceof Directory next)) {
            throw notA("page of a directory");
        }
        // not the page before: an empty one between two others would let a name come twice
        next.requireAfter(lastFull);
        if (!next.entries().isEmpty()) {
            lastFull = next;
        }
        counter.accept(next);
        page = next;
        at = 0;
    }

    private static InvalidListing notA(String expected) {
        return new InvalidListing("Expected a " + expected + ", found a record of another kind");
    }
}
