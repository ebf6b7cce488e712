package dev.aquifer.node.transfer;

import dev.aquifer.node.dataset.DatasetPath;
import dev.aquifer.node.dataset.InvalidListing;
import dev.aquifer.node.dataset.ListingCodec;
import dev.aquifer.node.dataset.Shown;
import dev.aquifer.node.dataset.SnapshotId;
import dev.aquifer.node.dataset.SnapshotRoot;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * {@link SnapshotAnswer} as JSON. Names are base64url of their bytes; {@code root} is the base64url of the root's record, of
 * which {@code snapshot} must be the hash; the totals beside it are for people.
 */
public final class SnapshotCodec {
    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder BYTES = Base64.getUrlDecoder();
    private static final int MOST_NAMES = 100;
    /** Of paths that are remembered for people, of each dataset: those that come last may be many and deep. */
    private static final int MOST_SHOWN_NAMES = 2_000;
    /** As many as the roles of a volume may have paths. */
    private static final int MOST_MOUNT_POINTS = 512;
    /** A node makes a directory of each, beside what it has made room for. */
    private static final int MOST_MOUNT_POINT_NAMES = 8192;

    private SnapshotCodec() {}

    public static byte[] encode(SnapshotAnswer answer) {
        var json = switch (answer) {
            case SnapshotAnswer.Ready ready -> ready(ready);
            case SnapshotAnswer.Walking walking ->
                new JsonObject().put("state", "walking").put("entries", walking.entries());
            case SnapshotAnswer.Refused refused ->
                new JsonObject()
                        .put("state", "refused")
                        .put("message", refused.message())
                        .put("leftOut", leftOut(refused.leftOut()));
        };
        return json.encode().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads an answer.
     *
     * @throws InvalidMessage when it is none
     */
    public static SnapshotAnswer parse(byte[] body) throws InvalidMessage {
        try {
            var json = new JsonObject(new String(body, StandardCharsets.UTF_8));
            return switch (json.getString("state", "")) {
                case "ready" -> parseReady(json);
                case "walking" -> new SnapshotAnswer.Walking(json.getLong("entries", 0L));
                case "refused" ->
                    new SnapshotAnswer.Refused(
                            Shown.sentence(json.getString("message", "")),
                            parseLeftOut(json, new AtomicInteger(MOST_SHOWN_NAMES)));
                default -> throw new InvalidMessage("Expected the state ready, walking or refused, found another");
            };
        } catch (DecodeException
                | ClassCastException
                | InvalidListing
                | IllegalArgumentException
                | NullPointerException
                | DateTimeException e) {
            throw new InvalidMessage("Expected an origin's answer about its snapshot as JSON, found another text", e);
        }
    }

    private static JsonObject ready(SnapshotAnswer.Ready ready) {
        var totals = ready.root().totals();
        return new JsonObject()
                .put("state", "ready")
                .put("snapshot", ready.snapshot().hex())
                .put("root", TEXT.encodeToString(ListingCodec.encode(ready.root())))
                .put("files", totals.files())
                .put("directories", totals.directories())
                .put("links", totals.links())
                .put("bytes", totals.bytes())
                .put("takenAt", ready.takenAt().toString())
                .put("leftOut", leftOut(ready.leftOut()))
                .put("changing", paths(ready.changing(), MOST_NAMES))
                .put("mountPoints", paths(ready.mountPoints(), MOST_MOUNT_POINTS));
    }

    private static SnapshotAnswer.Ready parseReady(JsonObject json) throws InvalidMessage {
        var id = SnapshotId.parse(json.getString("snapshot", ""));
        if (!(ListingCodec.parse(id.hash(), BYTES.decode(json.getString("root", ""))) instanceof SnapshotRoot root)) {
            throw new InvalidMessage("Expected the record of a snapshot's root, found another record");
        }
        var left = new AtomicInteger(MOST_SHOWN_NAMES);
        return new SnapshotAnswer.Ready(
                root,
                Instant.parse(json.getString("takenAt", "")),
                parseLeftOut(json, left),
                parseShown(json.getJsonArray("changing", new JsonArray()), left),
                parseMountPoints(json.getJsonArray("mountPoints", new JsonArray())));
    }

    private static JsonArray leftOut(List<LeftOut> leftOut) {
        var json = new JsonArray();
        for (var each : leftOut) {
            json.add(new JsonObject()
                    .put("reason", each.reason().name())
                    .put("count", each.count())
                    .put("examples", paths(each.examples(), MOST_NAMES)));
        }
        return json;
    }

    private static List<LeftOut> parseLeftOut(JsonObject json, AtomicInteger left) throws InvalidMessage {
        var leftOut = new ArrayList<LeftOut>();
        LeftOut other = null;
        for (var each : json.getJsonArray("leftOut", new JsonArray())) {
            var object = (JsonObject) each;
            var found = new LeftOut(
                    LeftOutReason.named(object.getString("reason")),
                    object.getLong("count"),
                    parseShown(object.getJsonArray("examples"), left));
            if (found.reason() == LeftOutReason.OTHER) {
                other = found.plus(other);
            } else {
                leftOut.add(found);
            }
        }
        if (other != null) {
            leftOut.add(other);
        }
        if (leftOut.stream().map(LeftOut::reason).distinct().count() < leftOut.size()) {
            throw new InvalidMessage("Expected each reason for leaving out once, found one twice");
        }
        return leftOut;
    }

    /** @param left how many names there may still be */
    private static List<DatasetPath> parseShown(JsonArray json, AtomicInteger left) {
        return parsePaths(json, MOST_NAMES).stream()
                .takeWhile(path -> left.addAndGet(-path.names().size()) >= 0)
                .toList();
    }

    private static List<DatasetPath> parseMountPoints(JsonArray json) throws InvalidMessage {
        var paths = parsePaths(json, MOST_MOUNT_POINTS);
        if (paths.stream().mapToInt(path -> path.names().size()).sum() > MOST_MOUNT_POINT_NAMES) {
            throw new InvalidMessage(
                    "Expected mount points of at most %d names, found more".formatted(MOST_MOUNT_POINT_NAMES));
        }
        return paths;
    }

    private static JsonArray paths(List<DatasetPath> paths, int most) {
        var json = new JsonArray();
        paths.stream().limit(most).forEach(path -> json.add(TEXT.encodeToString(path.bytes())));
        return json;
    }

    private static List<DatasetPath> parsePaths(JsonArray json, int most) {
        var paths = new ArrayList<DatasetPath>();
        for (int i = 0; i < Math.min(most, json.size()); i++) {
            paths.add(DatasetPath.parse(BYTES.decode(json.getString(i))));
        }
        return paths;
    }
}
