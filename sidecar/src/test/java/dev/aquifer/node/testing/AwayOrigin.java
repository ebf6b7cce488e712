package dev.aquifer.node.testing;

import dev.aquifer.node.dataset.Hash;
import dev.aquifer.node.dataset.SnapshotId;
import dev.aquifer.node.remote.ChunkTaker;
import dev.aquifer.node.remote.ConnectionLostException;
import dev.aquifer.node.remote.OriginClient;
import dev.aquifer.node.remote.RecordTaker;
import dev.aquifer.node.transfer.ChunkRequest;
import dev.aquifer.node.transfer.SnapshotAnswer;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An origin that nobody can reach. */
record AwayOrigin() implements OriginClient {
    @Override
    public SnapshotAnswer snapshot(@Nullable SnapshotId after, Duration wait) throws IOException {
        throw away();
    }

    @Override
    public void records(List<Hash> hashes, RecordTaker taker) throws IOException {
        throw away();
    }

    @Override
    public void chunks(List<ChunkRequest> requests, ChunkTaker taker) throws IOException {
        throw away();
    }

    @Override
    public void close() {}

    private static ConnectionLostException away() {
        return new ConnectionLostException("the origin cannot be reached", new ConnectException());
    }
}
