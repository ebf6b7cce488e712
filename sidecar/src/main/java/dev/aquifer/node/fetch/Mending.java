package dev.aquifer.node.fetch;

import dev.aquifer.node.cache.DigestFile;
import dev.aquifer.node.cache.Protection;
import dev.aquifer.node.dataset.Chunks;
import dev.aquifer.node.dataset.Hash;
import dev.aquifer.node.dataset.SnapshotId;
import dev.aquifer.node.linux.Data;
import dev.aquifer.node.transfer.ChunkAnswer;
import dev.aquifer.node.transfer.ChunkRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces rotten files: a new one is made of what is right and what the origin still has, and put in the place of the old
 * one by rename, in every snapshot that shows it. Where the origin has moved on, the snapshot is marked as damaged.
 */
final class Mending {
    private static final Logger LOG = LoggerFactory.getLogger(Mending.class);

    private final Dataset dataset;
    private final SnapshotId snapshot;
    private final Fills fills;
    private final Protection protection;
    private final ScrubEvents events;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(Chunks.SIZE);

    Mending(Dataset dataset, SnapshotId snapshot, Fills fills, Protection protection, ScrubEvents events) {
        this.dataset = dataset;
        this.snapshot = snapshot;
        this.fills = fills;
        this.protection = protection;
        this.events = events;
    }

    /**
     * Mends all of them.
     *
     * @throws IOException if the origin is away: they are found again
     */
    void mend(List<RottenFile> files) throws IOException {
        for (RottenFile file : files) {
            LOG.warn(
                    "event=file-rotten dataset={} snapshot={} file=\"{}\" chunks={}",
                    dataset.id(),
                    snapshot,
                    file.path(),
                    file.chunks().size());
            if (!dataset.connection().canFetch()) {
                throw new OriginException("no pod has brought the key of the dataset since the agent started");
            }
            if (mend(file)) {
                events.mended();
                LOG.info("event=file-mended dataset={} snapshot={} file=\"{}\"", dataset.id(), snapshot, file.path());
            } else {
                events.damaged();
                dataset.damaged(snapshot, file.path() + " has rotted, and the source no longer has that version");
                LOG.error(
                        "event=snapshot-damaged dataset={} snapshot={} file=\"{}\"",
                        dataset.id(),
                        snapshot,
                        file.path());
            }
        }
    }

    private boolean mend(RottenFile file) throws IOException {
        try (DigestFile digests = dataset.folder().digests(snapshot);
                Replacement replacement = new Replacement(dataset.folder(), snapshot, file.path(), protection)) {
            for (long chunk = 0; chunk < Chunks.count(file.entry().size()); chunk++) {
                Hash digest = digests.get(file.firstChunk() + chunk);
                boolean rotten = file.chunks().contains(chunk);
                if (digest == null || !(rotten ? fetch(file, chunk, digest) : copy(replacement, file, chunk, digest))) {
                    return false;
                }
                Data.writeFully(replacement.file(), buffer, Chunks.offset(chunk));
            }
            FileFinish.attributes(replacement.file(), file.entry().attributes());
            Data.fdatasync(replacement.file());
            replacement.put(file.entry());
            return true;
        }
    }

    private boolean copy(Replacement replacement, RottenFile file, long chunk, Hash digest) throws IOException {
        int length = Chunks.length(file.entry().size(), Chunks.offset(chunk));
        buffer.clear().limit(length);
        Data.readFully(replacement.old(), buffer, Chunks.offset(chunk));
        return Digests.of(buffer.flip()).equals(digest) || fetch(file, chunk, digest);
    }

    private boolean fetch(RottenFile file, long chunk, Hash digest) throws IOException {
        ChunkRequest request = new ChunkRequest(
                file.path(), file.entry().version(), file.entry().size(), Chunks.offset(chunk), false, null);
        boolean[] right = new boolean[1];
        try (Origin origin = fills.origin(dataset)) {
            origin.chunks(List.of(request), (_, answer, bytes) -> {
                buffer.clear();
                switch (answer) {
                    case ChunkAnswer.Data _ -> buffer.put(bytes, 0, request.length());
                    case ChunkAnswer.Hole _ -> buffer.put(new byte[request.length()]);
                    case ChunkAnswer.Changed _, ChunkAnswer.Gone _, ChunkAnswer.Same _, ChunkAnswer.Unreadable _ -> {
                        // not to be had any more
                    }
                }
                right[0] = Digests.of(buffer.flip()).equals(digest);
            });
        }
        return right[0];
    }
}
