package dev.aquifer.node.origin.serve;

import dev.aquifer.node.dataset.DatasetPath;
import dev.aquifer.node.dataset.Hash;
import dev.aquifer.node.linux.Data;
import dev.aquifer.node.linux.Errno;
import dev.aquifer.node.linux.Fd;
import dev.aquifer.node.linux.FileType;
import dev.aquifer.node.linux.LinuxException;
import dev.aquifer.node.linux.Metadata;
import dev.aquifer.node.linux.Stat;
import dev.aquifer.node.origin.disk.DigestStore;
import dev.aquifer.node.origin.source.Examiner;
import dev.aquifer.node.origin.source.Freshness;
import dev.aquifer.node.origin.source.Mark;
import dev.aquifer.node.origin.source.Source;
import dev.aquifer.node.transfer.ChunkAnswer;
import dev.aquifer.node.transfer.ChunkRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.BiConsumer;

/**
 * Opens the file of each chunk anew and checks that it is the version asked for; what it is not is reported, so that a new
 * snapshot gets made.
 */
public final class ChunkOpener {
    /** What was asked for, or the answer that needs no bytes. */
    sealed interface Opened {
        record Ready(OpenChunk chunk) implements Opened {}

        record Answered(ChunkAnswer answer) implements Opened {}
    }

    private final Source source;
    private final DigestStore digests;
    private final Freshness freshness;
    private final BiConsumer<DatasetPath, Mark> reports;

    /** @param reports gets paths that are not what was listed */
    public ChunkOpener(Source source, DigestStore digests, Freshness freshness, BiConsumer<DatasetPath, Mark> reports) {
        this.source = source;
        this.digests = digests;
        this.freshness = freshness;
        this.reports = reports;
    }

    /** @param scratch direct, for reading a chunk that may not have to be sent */
    Opened open(ChunkRequest request, ByteBuffer scratch) throws IOException {
        if (request.path().isRoot() || source.isExcluded(request.path())) {
            return new Opened.Answered(new ChunkAnswer.Gone());
        }
        try {
            var fd = source.openFile(request.path());
            boolean handedOver = false;
            try {
                var opened = check(request, fd, scratch);
                handedOver = opened instanceof Opened.Ready;
                return opened;
            } finally {
                if (!handedOver) {
                    fd.close();
                }
            }
        } catch (LinuxException e) {
            return new Opened.Answered(failed(request, e));
        }
    }

    /** What is to be said behind a chunk that was read to its end; its digest is remembered if it counts. */
    ChunkAnswer ended(OpenChunk chunk) throws IOException {
        var request = chunk.request();
        if (chunk.isUnreadable()) {
            return unreadable(request);
        }
        if (!chunk.isUnchanged()) {
            return changed(request);
        }
        if (chunk.isComputed() && request.length() >= DigestStore.SHORTEST_CHUNK) {
            digests.put(chunk.stat().device(), request.version(), request.size(), request.offset(), chunk.digest());
        }
        return new ChunkAnswer.Data(chunk.digest());
    }

    private Opened check(ChunkRequest request, Fd fd, ByteBuffer scratch) throws IOException {
        var stat = Metadata.statForced(fd);
        if (!isWanted(request, stat)) {
            return new Opened.Answered(changed(request));
        }
        if (isHole(request, fd, stat)) {
            boolean still = new OpenChunk(request, fd, stat, null).isUnchanged();
            return new Opened.Answered(still ? new ChunkAnswer.Hole() : changed(request));
        }
        var digest = request.fresh() || request.length() < DigestStore.SHORTEST_CHUNK
                ? null
                : digests.get(stat.device(), request.version(), request.size(), request.offset());
        var known = request.known();
        return known == null
                ? new Opened.Ready(new OpenChunk(request, fd, stat, digest))
                : compare(known, new OpenChunk(request, fd, stat, digest), scratch, fd);
    }

    private Opened compare(Hash known, OpenChunk chunk, ByteBuffer scratch, Fd fd) throws IOException {
        if (chunk.isComputed()) {
            while (!chunk.isDone()) {
                chunk.read(scratch.clear());
            }
        }
        var answer = ended(chunk);
        if (!(answer instanceof ChunkAnswer.Data data)) {
            return new Opened.Answered(answer);
        }
        return data.digest().equals(known)
                ? new Opened.Answered(new ChunkAnswer.Same())
                : new Opened.Ready(new OpenChunk(chunk.request(), fd, chunk.stat(), data.digest()));
    }

    private boolean isWanted(ChunkRequest request, Stat stat) {
        return stat.type() == FileType.REGULAR
                && Examiner.version(stat).equals(request.version())
                && stat.size() == request.size()
                && !freshness.isNear(stat.changed());
    }

    private static boolean isHole(ChunkRequest request, Fd fd, Stat stat) throws LinuxException {
        if (stat.allocated() >= stat.size()) {
            return false;
        }
        try {
            return Data.nextData(fd, request.offset()) >= request.offset() + request.length();
        } catch (LinuxException e) {
            // no data behind the offset; or the file system does not tell
            return e.errno() == Errno.ENXIO;
        }
    }

    private ChunkAnswer failed(ChunkRequest request, LinuxException e) throws LinuxException {
        return switch (e.errno()) {
            case ENOENT, ENOTDIR, ELOOP -> {
                reports.accept(request.path(), Mark.LOOK_AGAIN);
                yield new ChunkAnswer.Gone();
            }
            case ESTALE, ENXIO -> changed(request);
            default -> {
                if (!e.errno().isUnreadable()) {
                    throw e;
                }
                yield unreadable(request);
            }
        };
    }

    private ChunkAnswer changed(ChunkRequest request) {
        reports.accept(request.path(), Mark.LOOK_AGAIN);
        return new ChunkAnswer.Changed();
    }

    private ChunkAnswer unreadable(ChunkRequest request) {
        reports.accept(request.path(), Mark.READ_AGAIN);
        return new ChunkAnswer.Unreadable();
    }
}
