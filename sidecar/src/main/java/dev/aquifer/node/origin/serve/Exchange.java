package dev.aquifer.node.origin.serve;

import dev.aquifer.node.dataset.InvalidListing;
import dev.aquifer.node.dataset.ListingRecord;
import dev.aquifer.node.dataset.SnapshotId;
import dev.aquifer.node.identity.PeerName;
import dev.aquifer.node.origin.disk.RecordPacks;
import dev.aquifer.node.origin.snapshots.Snapshots;
import dev.aquifer.node.transfer.ChunkedOutput;
import dev.aquifer.node.transfer.ChunksCodec;
import dev.aquifer.node.transfer.HttpHead;
import dev.aquifer.node.transfer.RecordsCodec;
import dev.aquifer.node.transfer.SnapshotAnswer;
import dev.aquifer.node.transfer.SnapshotCodec;
import dev.aquifer.node.transfer.Wire;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Answers one request of a node whose certificate was checked. */
public final class Exchange {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    /** It holds room that others wait for. */
    private static final Duration LONGEST_BODY = Duration.ofSeconds(60);
    /** What an answer with records takes until its reader has them: one of them, and the buffer that it goes out from. */
    private static final int RECORDS = ListingRecord.LONGEST + ChunkedOutput.GATHERED;

    private final Access access;
    private final Snapshots snapshots;
    private final MountPointsFile mountPoints;
    private final RecordPacks records;
    private final FileSender files;
    private final OriginMeters meters;
    private final RequestRoom room;

    public Exchange(
            Access access,
            Snapshots snapshots,
            MountPointsFile mountPoints,
            RecordPacks records,
            FileSender files,
            OriginMeters meters,
            RequestRoom room) {
        this.access = access;
        this.snapshots = snapshots;
        this.mountPoints = mountPoints;
        this.records = records;
        this.files = files;
        this.meters = meters;
        this.room = room;
    }

    /**
     * Reads the rest of a request and answers it.
     *
     * @param node who asks
     * @param connection is closed if the rest takes too long to come
     * @return whether another request may follow
     * @throws IOException when the connection is of no more use
     */
    boolean answer(PeerName node, HttpHead request, InputStream in, OutputStream out, Closeable connection)
            throws IOException, InterruptedException {
        int length = Response.bodyLength(request, Wire.LONGEST_REQUEST);
        if (!access.allows(request)) {
            meters.refused();
            Response.error(
                    out,
                    Response.UNAUTHORIZED,
                    "Expected the id and the key of the dataset that this origin serves, found others; the node gets the key with each publish");
            return false;
        }
        var target = Target.parse(request.first());
        int memory = target.route().equals(Wire.DIRECTORIES) ? length + RECORDS : length;
        try (var place = room.enter(node, memory, LONGEST_WAIT)) {
            if (place == null) {
                in.skipNBytes(length);
                Response.error(
                        out,
                        Response.UNAVAILABLE,
                        "Expected fewer requests for records or many files at once, found more; ask again");
                return true;
            }
            answer(node, target, Response.body(in, length, LONGEST_BODY, connection), out);
        }
        return true;
    }

    private void answer(PeerName node, Target target, byte[] body, OutputStream out)
            throws IOException, InterruptedException {
        try {
            switch (target.route()) {
                case Wire.SNAPSHOT -> snapshot(target, out);
                case Wire.DIRECTORIES -> directories(body, out);
                case Wire.FILES -> files.send(node, ChunksCodec.parse(body), out);
                default -> Response.error(out, Response.NOT_FOUND, "Expected a path of the protocol, found another");
            }
        } catch (InvalidListing e) {
            Response.error(out, Response.BAD_REQUEST, String.valueOf(e.getMessage()));
        }
    }

    private void snapshot(Target target, OutputStream out) throws IOException, InterruptedException {
        var answer = snapshots.answer(after(target), target.wait(LONGEST_WAIT));
        switch (answer) {
            case SnapshotAnswer.Ready ready ->
                Response.json(out, Response.OK, SnapshotCodec.encode(ready.withMountPoints(mountPoints.read())));
            case SnapshotAnswer.Walking walking ->
                Response.json(out, Response.UNAVAILABLE, SnapshotCodec.encode(walking));
            case SnapshotAnswer.Refused refused -> Response.json(out, Response.CONFLICT, SnapshotCodec.encode(refused));
        }
    }

    private static @Nullable SnapshotId after(Target target) {
        var after = target.parameter("after");
        return after == null ? null : SnapshotId.parse(after);
    }

    private void directories(byte[] body, OutputStream out) throws IOException {
        var hashes = RecordsCodec.parse(body);
        Response.begin(out);
        try (var chunked = new ChunkedOutput(out)) {
            for (var hash : hashes) {
                var record = records.get(hash);
                RecordsCodec.write(chunked, record);
                meters.sentListing(record == null ? 0 : record.length);
            }
        }
    }
}
