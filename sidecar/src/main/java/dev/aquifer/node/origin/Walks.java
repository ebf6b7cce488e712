package dev.aquifer.node.origin;

import java.time.Duration;

/** Hears of each walk that ended well. */
@FunctionalInterface
interface Walks {
    void ended(Duration took, Listing listing);
}
