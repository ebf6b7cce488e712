package dev.aquifer.node.dataset;

/** How a file is cut for transfer: {@value #SIZE} bytes each, the last one shorter. An empty file has no chunk. */
public final class Chunks {
    /** Bytes of a full chunk. */
    public static final int SIZE = 4 << 20;

    private Chunks() {}

    /** How many chunks a file of this size has. */
    public static long count(long size) {
        requireSize(size);
        return size / SIZE + (size % SIZE == 0 ? 0 : 1);
    }

    /** Where a chunk begins, in bytes. */
    public static long offset(long chunk) {
        return Math.multiplyExact(chunk, SIZE);
    }

    /**
     * Bytes of the chunk that begins at this offset.
     *
     * @throws InvalidListing when no chunk of such a file begins there
     */
    public static int length(long size, long offset) {
        requireSize(size);
        if (offset < 0 || offset % SIZE != 0 || offset >= size) {
            throw new InvalidListing(
                    "Expected the offset of a %d-byte chunk below %d, found %d".formatted(SIZE, size, offset));
        }
        return (int) Math.min(SIZE, size - offset);
    }

    private static void requireSize(long size) {
        if (size < 0) {
            throw new InvalidListing("Expected a size below 2^63, found %s".formatted(Long.toUnsignedString(size)));
        }
    }
}
