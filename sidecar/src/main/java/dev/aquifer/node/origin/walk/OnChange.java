package dev.aquifer.node.origin.walk;

/** What becomes of a file that changes each time it is looked at. */
public enum OnChange {
    /** It stays in the listing, and fills wait for it. */
    WAIT,
    /** It is left out. */
    SKIP
}
