package dev.aquifer.node.fetch;

import dev.aquifer.node.cache.Usage;
import java.io.IOException;

/** Sees that what a fill needs fits. */
@FunctionalInterface
interface RoomKeeper {
    /**
     * Makes room, and promises it to the fill.
     *
     * @throws RefusedException if there is none
     */
    void make(Usage need) throws IOException;
}
