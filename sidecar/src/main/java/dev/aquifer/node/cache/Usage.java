package dev.aquifer.node.cache;

/**
 * What something takes of a file system.
 *
 * @param bytes allocated, not the length of files
 * @param inodes files, directories and symbolic links; several names of one file are one
 */
public record Usage(long bytes, long inodes) {
    public static final Usage NONE = new Usage(0, 0);

    public Usage {
        if (bytes < 0 || inodes < 0) {
            throw new IllegalArgumentException(
                    "expected 0 or more bytes and inodes, found %d and %d".formatted(bytes, inodes));
        }
    }

    /** The sum; what passes 2^63 stays there. */
    public Usage plus(Usage other) {
        return new Usage(saturated(bytes, other.bytes), saturated(inodes, other.inodes));
    }

    /** The difference, nothing where it would be negative. */
    public Usage minus(Usage other) {
        return new Usage(Math.max(0, bytes - other.bytes), Math.max(0, inodes - other.inodes));
    }

    /** The larger of both, in bytes and in inodes. */
    public Usage atLeast(Usage other) {
        return new Usage(Math.max(bytes, other.bytes), Math.max(inodes, other.inodes));
    }

    public boolean fitsIn(Usage limit) {
        return bytes <= limit.bytes && inodes <= limit.inodes;
    }

    private static long saturated(long one, long other) {
        long sum = one + other;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }
}
