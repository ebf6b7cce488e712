package dev.aquifer.node.remote;

import dev.aquifer.node.dataset.DatasetId;
import dev.aquifer.node.transfer.DatasetKey;
import java.io.IOException;
import java.util.function.Supplier;

/** Makes the way to a dataset's origin; no connection is opened before it is used. */
public interface OriginClients {
    OriginClient of(DatasetId dataset, Peer peer, Supplier<DatasetKey> key);

    /**
     * Opens one connection, and closes it.
     *
     * @throws IOException if the origin is not there, or another one is
     */
    void reach(Peer peer) throws IOException;
}
