package dev.aquifer.node.dataset;

/**
 * How many records a listing has, and how many bytes are in them.
 *
 * @param bytes without what a file system adds
 */
public record ListingSize(long records, long bytes) {
    private static final int LONGEST_PLAIN_ENTRY = EntryCodec.LONGEST - LinkEntry.LONGEST_TARGET + 64;

    /**
     * The most that a listing of these totals can have, whatever its names are. Passes no 2^63: what would stays there.
     *
     * @param totals as its root announces them, true or not
     */
    public static ListingSize most(Totals totals) {
        long entries = sum(
                times(sum(totals.files(), totals.directories()), LONGEST_PLAIN_ENTRY),
                times(totals.links(), EntryCodec.LONGEST));
        // of each directory a last page and an index; all other pages are full
        long records = sum(times(sum(totals.directories(), 1), 2), 1 + entries / DirectoryBuilder.SHORT_PAGE);
        return new ListingSize(records, sum(entries, times(records, ListingCodec.HEADER + Hash.LENGTH)));
    }

    private static long sum(long one, long other) {
        long sum = one + other;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }

    private static long times(long number, int factor) {
        return number > Long.MAX_VALUE / factor ? Long.MAX_VALUE : number * factor;
    }
}
