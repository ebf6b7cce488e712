package dev.aquifer.node.dataset;

/**
 * Counts what a listing has brought and refuses what passes its limits. Each visit counts, of a record that was seen before
 * too: a small listing can name one directory twice on every level and mean more entries than there are atoms.
 */
public final class ListingBudget {
    private final ListingLimits limits;
    private Totals taken = Totals.NONE;

    public ListingBudget(ListingLimits limits) {
        this.limits = limits;
    }

    /**
     * Counts one page of a directory.
     *
     * @param depth names on the path of this directory: 0 for the root
     * @throws InvalidListing when a limit is passed
     */
    public void take(Directory page, int depth) {
        if (depth >= DatasetPath.DEEPEST && !page.entries().isEmpty()) {
            throw new InvalidListing(
                    "Expected directories at most %d deep, found one at %d".formatted(DatasetPath.DEEPEST, depth));
        }
        for (var entry : page.entries()) {
            taken = taken.plus(entry);
        }
        if (taken.entries() > limits.entries()) {
            throw new InvalidListing(
                    "Expected a listing of at most %d entries, found more".formatted(limits.entries()));
        }
        if (taken.bytes() > limits.bytes()) {
            throw new InvalidListing("Expected files of at most %d bytes, found more".formatted(limits.bytes()));
        }
    }

    /** What was counted so far; at the end it must equal {@link SnapshotRoot#totals}. */
    public Totals taken() {
        return taken;
    }
}
