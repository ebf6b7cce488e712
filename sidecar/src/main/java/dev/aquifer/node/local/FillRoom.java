package dev.aquifer.node.local;

import dev.aquifer.node.cache.Usage;
import dev.aquifer.node.dataset.DatasetId;
import dev.aquifer.node.fill.RefusedException;
import dev.aquifer.node.fill.RoomKeeper;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The room of one fill.
 *
 * @param most what the dataset itself may take; null for no limit
 * @param mayEvict whether other snapshots may go for it
 * @param others removes what was begun of others of the dataset, which stands in its way; says whether there was any
 */
record FillRoom(Room room, DatasetId dataset, @Nullable Long most, boolean mayEvict, Step others)
        implements RoomKeeper {
    @Override
    public boolean make(Usage need) throws IOException {
        return orWithoutOthers(need, () -> room.make(dataset, need, most, mayEvict));
    }

    @Override
    public boolean makeForListing(Usage need) throws IOException {
        return orWithoutOthers(need, () -> room.makeAtLeast(dataset, need, most, mayEvict));
    }

    /** What was begun of others stays where it is of no use to remove it. */
    private boolean orWithoutOthers(Usage need, Step step) throws IOException {
        try {
            return step.run();
        } catch (RefusedException refused) {
            if (room.mayEverHave(need, most) && others.run()) {
                return false;
            }
            throw refused;
        }
    }

    /** One thing that may make room. */
    @FunctionalInterface
    interface Step {
        boolean run() throws IOException;
    }
}
