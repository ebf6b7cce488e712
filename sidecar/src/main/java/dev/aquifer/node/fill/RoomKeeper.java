package dev.aquifer.node.fill;

import dev.aquifer.node.cache.Usage;
import java.io.IOException;

/** Sees that what a fill needs fits. */
@FunctionalInterface
public interface RoomKeeper {
    /**
     * Makes room, and promises it to the fill.
     *
     * @return false if something older had to go that the need was counted beside: count it again
     * @throws RefusedException if there is none
     */
    boolean make(Usage need) throws IOException;

    /** The same for the listing, which tells what the fill needs: what an earlier run was promised and needs still, stays so. */
    default boolean makeForListing(Usage need) throws IOException {
        return make(need);
    }
}
