package dev.aquifer.node.origin.snapshots;

import dev.aquifer.node.origin.walk.Listing;
import java.time.Duration;

/** Hears of each walk that ended well. */
@FunctionalInterface
public interface Walks {
    void ended(Duration took, Listing listing);
}
