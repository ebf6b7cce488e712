package dev.aquifer.node.cache;

/**
 * How much the whole cache may take. Above the high mark what is unused goes, until the low mark is reached: a cache that is
 * emptied one snapshot at a time would do it with every fill.
 *
 * @param limit never passed by a fill
 * @param highPercent of the limit, above the low one
 * @param lowPercent of the limit
 */
public record Quota(Usage limit, int highPercent, int lowPercent) {
    public Quota {
        if (lowPercent < 0 || lowPercent > highPercent || highPercent > 100) {
            throw new IllegalArgumentException(
                    "expected 0 <= low mark <= high mark <= 100 percent of the quota, found %d and %d; correct the settings"
                            .formatted(lowPercent, highPercent));
        }
    }

    public Usage high() {
        return percent(highPercent);
    }

    public Usage low() {
        return percent(lowPercent);
    }

    private Usage percent(int percent) {
        return new Usage(percent(limit.bytes(), percent), percent(limit.inodes(), percent));
    }

    /** Without the overflow that large limits would have, and exact for small ones. */
    static long percent(long of, int percent) {
        return of / 100 * percent + of % 100 * percent / 100;
    }
}
