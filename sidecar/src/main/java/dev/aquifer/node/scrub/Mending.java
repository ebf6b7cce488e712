package dev.aquifer.node.scrub;

import dev.aquifer.node.cache.DigestFile;
import dev.aquifer.node.cache.Usage;
import dev.aquifer.node.dataset.Chunks;
import dev.aquifer.node.dataset.Hash;
import dev.aquifer.node.dataset.SnapshotId;
import dev.aquifer.node.fill.Digests;
import dev.aquifer.node.fill.FileFinish;
import dev.aquifer.node.fill.PausedException;
import dev.aquifer.node.linux.Data;
import dev.aquifer.node.linux.Errno;
import dev.aquifer.node.linux.LinuxException;
import dev.aquifer.node.linux.Metadata;
import dev.aquifer.node.local.Dataset;
import dev.aquifer.node.remote.ConnectionLostException;
import dev.aquifer.node.remote.OriginClient;
import dev.aquifer.node.remote.OriginException;
import dev.aquifer.node.transfer.ChunkAnswer;
import dev.aquifer.node.transfer.ChunkRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces rotten files: a new one is made of what is right and what the origin still has, and put in the place of the old
 * one by rename, in every snapshot that shows it. Where the origin has the very bytes that are there, it was the digest that
 * rotted, and that is written anew.
 */
final class Mending {
    private static final Logger LOG = LoggerFactory.getLogger(Mending.class);

    private final Dataset dataset;
    private final SnapshotId snapshot;
    private final ScrubMeans means;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(Chunks.SIZE);

    Mending(Dataset dataset, SnapshotId snapshot, ScrubMeans means) {
        this.dataset = dataset;
        this.snapshot = snapshot;
        this.means = means;
    }

    /**
     * What became of them.
     *
     * @param lost what is to be had nowhere any more, for people
     * @param left how many others are not mended yet: they are found again
     * @param failure why
     */
    record Outcome(List<String> lost, int left, @Nullable IOException failure) {
        Outcome {
            lost = List.copyOf(lost);
        }
    }

    /** Mends all of them; one that cannot be mended keeps no other from it, unless the origin is away. */
    Outcome mend(List<RottenFile> files) {
        List<String> lost = new ArrayList<>();
        int mended = 0;
        IOException failure = null;
        for (RottenFile file : files) {
            LOG.warn(
                    "event=file-rotten dataset={} snapshot={} file=\"{}\" chunks={}",
                    dataset.id(),
                    snapshot,
                    file.path(),
                    file.chunks());
            try {
                if (tryMend(file)) {
                    mended++;
                } else {
                    lost.add(file.path() + " has rotted, and the source no longer has that version, or cannot read it");
                }
            } catch (ConnectionLostException | PausedException end) {
                failure = end;
                break;
            } catch (IOException notYet) {
                failure = notYet;
            }
        }
        return new Outcome(lost, files.size() - mended - lost.size(), failure);
    }

    private boolean tryMend(RottenFile file) throws IOException {
        if (!dataset.connection().canFetch()) {
            throw new OriginException("no pod has brought the key of the dataset since the agent started");
        }
        if (!mend(file)) {
            return false;
        }
        means.events().mended();
        if (means.protection().possible()) {
            LOG.info("event=file-mended dataset={} snapshot={} file=\"{}\"", dataset.id(), snapshot, file.path());
        } else {
            LOG.warn(
                    "event=file-mended dataset={} snapshot={} file=\"{}\" effect=\"an overlay shows it: pods that have read it see the rotten one until they are made anew\"",
                    dataset.id(),
                    snapshot,
                    file.path());
        }
        return true;
    }

    private boolean mend(RottenFile file) throws IOException {
        try (DigestFile digests = dataset.folder().digests(snapshot);
                Replacement replacement =
                        new Replacement(dataset.folder(), snapshot, file.path(), means.protection())) {
            means.room().expect(new Usage(Metadata.stat(replacement.old()).allocated(), 1));
            // what are zeros stays a hole
            Data.truncate(replacement.file(), file.entry().size());
            for (long chunk = 0; chunk < Chunks.count(file.entry().size()); chunk++) {
                if (means.stopped().getAsBoolean()) {
                    throw new PausedException();
                }
                Hash digest = digests.get(file.firstChunk() + chunk);
                Hash there = read(replacement, file, chunk);
                Hash right = right(file, chunk, digest, there);
                if (right == null) {
                    return false;
                }
                if (digest == null || !right.equals(digest)) {
                    digests.put(file.firstChunk() + chunk, right);
                }
                if (!right.equals(Digests.ofZeros(buffer.remaining()))) {
                    Data.writeFully(replacement.file(), buffer, Chunks.offset(chunk));
                }
            }
            digests.sync();
            FileFinish.attributes(replacement.file(), file.entry().attributes());
            Data.fdatasync(replacement.file());
            replacement.put(file.entry());
            return true;
        }
    }

    /**
     * Brings a chunk into the buffer as it should be. Where its digest is lost the origin is believed, which has that very
     * version of the file.
     *
     * @return its digest; null where nobody has it
     */
    private @Nullable Hash right(RottenFile file, long chunk, @Nullable Hash digest, Hash there) throws IOException {
        if (digest != null && there.equals(digest)) {
            return there;
        }
        Hash origins = fetch(file, chunk);
        boolean isBelieved = origins != null && (digest == null || origins.equals(digest) || origins.equals(there));
        return isBelieved ? origins : null;
    }

    /** Brings a chunk into the buffer as it is on the disk; what cannot be read there are zeros. */
    private Hash read(Replacement replacement, RottenFile file, long chunk) throws IOException {
        int length = Chunks.length(file.entry().size(), Chunks.offset(chunk));
        buffer.clear().limit(length);
        try {
            Data.readFully(replacement.old(), buffer, Chunks.offset(chunk));
        } catch (LinuxException failure) {
            if (failure.errno() != Errno.EIO) {
                throw failure;
            }
        }
        while (buffer.hasRemaining()) {
            buffer.put((byte) 0);
        }
        return Digests.of(buffer.flip());
    }

    /**
     * Brings a chunk into the buffer as the origin has it.
     *
     * @return its digest; null where it is not to be had
     */
    private @Nullable Hash fetch(RottenFile file, long chunk) throws IOException {
        ChunkRequest request = new ChunkRequest(
                file.path(), file.entry().version(), file.entry().size(), Chunks.offset(chunk), true, null);
        List<Hash> fetched = new ArrayList<>();
        try (OriginClient origin = means.origins().of(dataset)) {
            origin.chunks(List.of(request), (_, answer, bytes) -> {
                buffer.clear();
                switch (answer) {
                    case ChunkAnswer.Data data -> fetched.add(verified(file, data, bytes, request.length()));
                    case ChunkAnswer.Hole _ -> {
                        buffer.put(new byte[request.length()]).flip();
                        fetched.add(Digests.ofZeros(request.length()));
                    }
                    case ChunkAnswer.Changed _, ChunkAnswer.Gone _, ChunkAnswer.Same _, ChunkAnswer.Unreadable _ -> {
                        // not to be had
                    }
                }
            });
        }
        return fetched.isEmpty() ? null : fetched.getFirst();
    }

    private Hash verified(RottenFile file, ChunkAnswer.Data data, byte[] bytes, int length) throws IOException {
        buffer.put(bytes, 0, length);
        Hash digest = Digests.of(buffer.flip());
        if (!digest.equals(data.digest())) {
            throw new OriginException(
                    "the origin sent bytes of '%s' that do not have the digest it names".formatted(file.path()));
        }
        return digest;
    }
}
