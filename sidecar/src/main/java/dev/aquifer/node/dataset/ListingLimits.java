package dev.aquifer.node.dataset;

/**
 * How much of a listing a reader takes from a sender whom it does not trust.
 *
 * @param entries files, directories and links together
 * @param bytes sum of the files' sizes
 */
public record ListingLimits(long entries, long bytes) {
    public ListingLimits {
        if (entries < 0 || bytes < 0) {
            throw new IllegalArgumentException(
                    "Expected limits of 0 or more, found %d entries and %d bytes".formatted(entries, bytes));
        }
    }
}
