package dev.aquifer.node.dataset;

import org.jspecify.annotations.Nullable;

/**
 * How much a tree holds, the root not counted. A file with several names counts once for each of them, in number and in
 * bytes.
 */
public record Totals(long files, long directories, long links, long bytes) {
    public static final Totals NONE = new Totals(0, 0, 0, 0);

    public Totals {
        if (files < 0 || directories < 0 || links < 0 || bytes < 0) {
            throw new InvalidListing("Expected totals below 2^63, found %d files, %d directories, %d links and %d bytes"
                    .formatted(files, directories, links, bytes));
        }
    }

    /** All entries. */
    public long entries() {
        return Math.addExact(Math.addExact(files, directories), links);
    }

    /** These and one entry more; a directory's own content is not counted. */
    public Totals plus(Entry entry) {
        return switch (entry) {
            case FileEntry file -> plus(new Totals(1, 0, 0, file.size()));
            case DirectoryEntry directory -> plus(new Totals(0, 1, 0, 0));
            case LinkEntry link -> plus(new Totals(0, 0, 1, 0));
        };
    }

    /**
     * The sum.
     *
     * @throws InvalidListing when it passes 2^63
     */
    public Totals plus(Totals other) {
        return new Totals(
                files + other.files,
                directories + other.directories,
                links + other.links,
                bytes + other.bytes); // what overflows is negative, and refused
    }

    /**
     * The difference.
     *
     * @throws InvalidListing when the other is no part of these
     */
    public Totals minus(Totals other) {
        return new Totals(
                files - other.files, directories - other.directories, links - other.links, bytes - other.bytes);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Totals totals
                && files == totals.files
                && directories == totals.directories
                && links == totals.links
                && bytes == totals.bytes;
    }
}
