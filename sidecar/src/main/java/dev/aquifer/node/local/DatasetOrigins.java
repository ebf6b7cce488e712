package dev.aquifer.node.local;

import dev.aquifer.node.remote.OriginClient;
import dev.aquifer.node.remote.OriginClients;
import dev.aquifer.node.remote.Peer;
import dev.aquifer.node.transfer.DatasetKey;
import java.util.Objects;

/** The ways to the origins of datasets, with what is known of each at the time of a request. */
public record DatasetOrigins(OriginClients clients) {
    /** A way to the origin of a dataset that {@link DatasetConnection#canFetch}; the caller closes it. */
    public OriginClient of(Dataset dataset) {
        Peer peer = Objects.requireNonNull(dataset.connection().peer());
        return clients.of(dataset.id(), peer, () -> key(dataset));
    }

    private static DatasetKey key(Dataset dataset) {
        return Objects.requireNonNull(dataset.connection().key());
    }
}
