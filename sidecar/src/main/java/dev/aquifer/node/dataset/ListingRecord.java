package dev.aquifer.node.dataset;

/** One piece of a listing; it is known by the hash of its encoded bytes ({@link ListingCodec}). */
public sealed interface ListingRecord permits SnapshotRoot, Directory, DirectoryIndex {
    /** Bytes of the longest record, so that a reader knows what to make room for. */
    int LONGEST = 1 << 20;
}
