package dev.aquifer.node.dataset;

import java.util.List;

/** The pages of a directory that is too large for one record: hashes of {@link Directory} records, in order of names. */
public record DirectoryIndex(List<Hash> pages) implements ListingRecord {
    static final int MOST_PAGES = 32_000;

    public DirectoryIndex {
        pages = List.copyOf(pages);
        if (pages.size() < 2 || pages.size() > MOST_PAGES) {
            throw new InvalidListing(
                    "Expected a directory of 2 to %d pages, found %d".formatted(MOST_PAGES, pages.size()));
        }
    }
}
