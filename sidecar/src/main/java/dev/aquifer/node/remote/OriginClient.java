package dev.aquifer.node.remote;

import dev.aquifer.node.dataset.Hash;
import dev.aquifer.node.dataset.SnapshotId;
import dev.aquifer.node.transfer.ChunkRequest;
import dev.aquifer.node.transfer.SnapshotAnswer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The origin of one dataset, as its nodes see it. Nothing that comes from it is believed. Calls block, and may be many at once. */
public interface OriginClient extends AutoCloseable {
    /**
     * The newest snapshot.
     *
     * @param after the origin waits for another one than this, null not to wait
     * @param wait at most so long
     */
    SnapshotAnswer snapshot(@Nullable SnapshotId after, Duration wait) throws IOException;

    /**
     * Listing records by their hashes, each handed over once, in order.
     *
     * @param hashes at most 1,000
     * @throws OriginBusyException if it is to be asked again; none was handed over
     */
    void records(List<Hash> hashes, RecordTaker taker) throws IOException;

    /**
     * Chunks of files, each answer handed over once, in order.
     *
     * @throws OriginBusyException if it is to be asked again; none was handed over
     */
    void chunks(List<ChunkRequest> requests, ChunkTaker taker) throws IOException;

    /** Ends what is under way. It can be asked again. */
    @Override
    void close();
}
