package dev.aquifer.node.dataset;

/**
 * The first record of a snapshot; its hash is the {@link SnapshotId}.
 *
 * @param attributes of the root directory itself
 * @param content hash of the root directory's record or index
 * @param totals over the whole tree
 */
public record SnapshotRoot(Attributes attributes, Hash content, Totals totals) implements ListingRecord {}
