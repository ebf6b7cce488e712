package dev.aquifer.node.local;

import dev.aquifer.node.cache.Usage;
import dev.aquifer.node.dataset.DatasetId;
import dev.aquifer.node.fill.RoomKeeper;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The room of one fill.
 *
 * @param most what the dataset itself may take; null for no limit
 * @param mayEvict whether other snapshots may go for it
 */
record FillRoom(Room room, DatasetId dataset, @Nullable Long most, boolean mayEvict) implements RoomKeeper {
    @Override
    public boolean make(Usage need) throws IOException {
        return room.make(dataset, need, most, mayEvict);
    }

    @Override
    public boolean makeForListing(Usage need) throws IOException {
        return room.makeAtLeast(dataset, need, most, mayEvict);
    }
}
