package dev.aquifer.node.dataset;

import java.util.List;

/** A directory's entries, or one page of them, sorted by name and without doubles. */
public record Directory(List<Entry> entries) implements ListingRecord {
    public static final Directory EMPTY = new Directory(List.of());

    public Directory {
        entries = List.copyOf(entries);
        for (int i = 1; i < entries.size(); i++) {
            requireOrder(entries.get(i - 1).name(), entries.get(i).name());
        }
    }

    /**
     * Checks that this page may follow another one of the same directory: its first name comes after the last of that one.
     *
     * @throws InvalidListing when it does not, which would put two entries under one name
     */
    public void requireAfter(Directory page) {
        if (!entries.isEmpty() && !page.entries.isEmpty()) {
            requireOrder(page.entries.getLast().name(), entries.getFirst().name());
        }
    }

    private static void requireOrder(Name earlier, Name later) {
        if (earlier.compareTo(later) >= 0) {
            throw new InvalidListing("Expected names in ascending order without doubles, found '%s' before '%s'"
                    .formatted(earlier, later));
        }
    }
}
