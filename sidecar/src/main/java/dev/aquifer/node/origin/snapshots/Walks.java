package dev.aquifer.node.origin.snapshots;

import dev.aquifer.node.origin.walk.Listing;
import java.time.Duration;

/** Hears of each walk, and each look at single paths, that ended well. */
public interface Walks {
    void ended(Duration took, Listing listing);

    void looked(Listing listing);
}
