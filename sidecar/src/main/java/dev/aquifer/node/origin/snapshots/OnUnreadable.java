package dev.aquifer.node.origin.snapshots;

/** What becomes of a source with files that the origin may not read. */
public enum OnUnreadable {
    /** There is no snapshot until they can be read. */
    FAIL,
    /** They are left out. */
    SKIP
}
