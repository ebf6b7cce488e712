package dev.aquifer.node.cache;

/**
 * How much of the file system must stay free, so that kubelet never evicts innocent pods because of the cache: its own
 * limits are 15 % of the bytes and 10 % of the inodes.
 *
 * @param bytes at least these, beside the 15 %
 */
public record FreeSpaceFloor(long bytes) {
    private static final int BYTES_PERCENT = 15;
    private static final int INODES_PERCENT = 10;

    public FreeSpaceFloor {
        if (bytes < 0) {
            throw new IllegalArgumentException("expected free space of 0 bytes or more, found " + bytes);
        }
    }

    /** What must stay free there. */
    public Usage of(Usage total) {
        return new Usage(Math.max(bytes, total.bytes() / 100 * BYTES_PERCENT), total.inodes() / 100 * INODES_PERCENT);
    }

    /** Whether this much more may be written. */
    public boolean allows(Usage more, Space space) {
        Usage floor = of(space.total());
        boolean inodes = space.total().inodes() == 0 || space.free().inodes() - floor.inodes() >= more.inodes();
        return inodes && space.free().bytes() - floor.bytes() >= more.bytes();
    }
}
