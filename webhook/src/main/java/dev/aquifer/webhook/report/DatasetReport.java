package dev.aquifer.webhook.report;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How one dataset is on one node, as its agent says. Texts are short and of one line, whatever the agent sent.
 *
 * @param id of the dataset
 * @param snapshot what new pods get there; null while there is none
 * @param takenAt when the source was first seen to be like that; null where the node does not know
 * @param percent of the fill that is running
 * @param bytes that it takes on the node
 * @param refusal why the last fill failed; null if it did not
 * @param trouble what keeps a running fill from going on; empty if nothing does
 * @param damaged what has rotted and cannot be mended; null if nothing has
 * @param originGoneSince null while the origin answers
 * @param changing files that the fill waits for, because they change again and again
 * @param mountPointsInTheWay where the source has something else than the directory that roles need
 */
record DatasetReport(
        String id,
        DatasetState state,
        @Nullable String snapshot,
        @Nullable Instant takenAt,
        int percent,
        long bytes,
        @Nullable Refusal refusal,
        String trouble,
        @Nullable String damaged,
        @Nullable Instant originGoneSince,
        List<LeftOut> leftOut,
        List<String> changing,
        List<String> mountPointsInTheWay) {
    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");
    private static final Pattern SNAPSHOT = Pattern.compile("[0-9a-f]{64}");
    private static final int MOST_ITEMS = 10;
    private static final int LONGEST = 600;

    /** Why a fill failed: a code of gRPC, and a sentence. */
    record Refusal(String code, String message) {}

    /** What is in the source and in no snapshot, for one reason. */
    record LeftOut(String reason, long count, List<String> examples) {}

    DatasetReport {
        if (!ID.matcher(id).matches()
                || (snapshot != null && !SNAPSHOT.matcher(snapshot).matches())) {
            throw new IllegalArgumentException("Expected the ids of a dataset and a snapshot, found others");
        }
        leftOut = List.copyOf(leftOut);
        changing = List.copyOf(changing);
        mountPointsInTheWay = List.copyOf(mountPointsInTheWay);
    }

    /** @throws RuntimeException when it is none */
    static DatasetReport parse(JsonObject json) {
        JsonObject refused = json.getJsonObject("refused");
        String damaged = json.getString("damaged");
        return new DatasetReport(
                json.getString("id", ""),
                DatasetState.parse(json.getString("state", "")),
                json.getString("snapshot"),
                instant(json, "takenAt"),
                json.getInteger("percent", 0),
                json.getLong("bytes", 0L),
                refused == null
                        ? null
                        : new Refusal(text(refused.getString("code", "")), text(refused.getString("message", ""))),
                text(json.getString("trouble", "")),
                damaged == null ? null : text(damaged),
                instant(json, "originGoneSince"),
                leftOut(json.getJsonArray("leftOut", new JsonArray())),
                texts(json.getJsonArray("changing", new JsonArray())),
                texts(json.getJsonArray("mountPointsInTheWay", new JsonArray())));
    }

    /** Of one that only other nodes prefetch, and that there is nothing of on this. */
    static DatasetReport unselected(String id) {
        return new DatasetReport(
                id, DatasetState.UNSELECTED, null, null, 0, 0, null, "", null, null, List.of(), List.of(), List.of());
    }

    private static List<LeftOut> leftOut(JsonArray array) {
        return IntStream.range(0, Math.min(MOST_ITEMS, array.size()))
                .mapToObj(array::getJsonObject)
                .map(one -> new LeftOut(
                        text(one.getString("reason", "")),
                        one.getLong("count", 0L),
                        texts(one.getJsonArray("examples", new JsonArray()))))
                .toList();
    }

    private static List<String> texts(JsonArray array) {
        return IntStream.range(0, Math.min(MOST_ITEMS, array.size()))
                .mapToObj(array::getString)
                .map(DatasetReport::text)
                .toList();
    }

    private static @Nullable Instant instant(JsonObject json, String key) {
        String text = json.getString(key);
        return text == null ? null : Instant.parse(text);
    }

    /** It ends up in a status that people read. */
    private static String text(String found) {
        String line = Objects.requireNonNull(found).replaceAll("\\p{Cntrl}", "?");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }
}
