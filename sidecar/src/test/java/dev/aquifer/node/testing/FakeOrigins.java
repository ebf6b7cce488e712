package dev.aquifer.node.testing;

import dev.aquifer.node.dataset.DatasetId;
import dev.aquifer.node.remote.OriginClient;
import dev.aquifer.node.remote.OriginClients;
import dev.aquifer.node.remote.Peer;
import dev.aquifer.node.transfer.DatasetKey;
import java.io.IOException;
import java.net.ConnectException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Origins in memory, by dataset. */
public final class FakeOrigins implements OriginClients {
    public final Map<DatasetId, FakeOrigin> origins = new ConcurrentHashMap<>();

    @Override
    public OriginClient of(DatasetId dataset, Peer peer, Supplier<DatasetKey> key) {
        FakeOrigin origin = origins.get(dataset);
        return origin == null ? new AwayOrigin() : origin;
    }

    @Override
    public void reach(Peer peer) throws IOException {
        if (origins.isEmpty()) {
            throw new ConnectException("nobody listens");
        }
    }
}
