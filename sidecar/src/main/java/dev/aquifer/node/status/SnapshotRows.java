package dev.aquifer.node.status;

import dev.aquifer.node.cache.Amount;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one dataset: what new pods get, what is being filled, and what only pods that run already have. A dataset
 * without any snapshot has one row, which says why.
 */
record SnapshotRows(JsonObject dataset) {
    static final List<String> HEAD = List.of("DATASET", "SNAPSHOT", "STATE", "DONE", "BYTES", "RATE", "MOUNTS");

    private static final String NONE = "-";
    private static final String UNKNOWN = "?";
    /** Enough to tell the snapshots of a dataset apart; logs and the JSON have all of it. */
    private static final int DIGITS = 12;

    private static final int ALL = 100;

    List<List<String>> make() {
        List<List<String>> rows = new ArrayList<>();
        List<JsonObject> snapshots = Json.objects(dataset, "snapshots");
        snapshots.stream().filter(this::isCurrent).map(this::complete).forEach(rows::add);
        JsonObject fill = dataset.getJsonObject("fill");
        if (fill != null) {
            rows.add(filling(fill));
        }
        snapshots.stream()
                .filter(snapshot -> !isCurrent(snapshot))
                .map(this::complete)
                .forEach(rows::add);
        if (rows.isEmpty()) {
            rows.add(row(NONE, dataset.getString("state"), NONE, NONE, NONE, NONE));
        }
        return rows;
    }

    private boolean isCurrent(JsonObject snapshot) {
        return snapshot.getString("id").equals(dataset.getString("snapshot"));
    }

    private List<String> complete(JsonObject snapshot) {
        String state = isCurrent(snapshot) ? "ready" : "older";
        Long bytes = snapshot.getLong("bytes");
        Integer mounts = snapshot.getInteger("mounts");
        return row(
                digits(snapshot.getString("id")),
                snapshot.containsKey("damaged") ? "damaged" : state,
                Bar.of(ALL),
                bytes == null ? UNKNOWN : Amount.bytes(bytes),
                NONE,
                mounts == null ? UNKNOWN : mounts.toString());
    }

    private List<String> filling(JsonObject fill) {
        Long total = fill.getLong("totalBytes");
        String done = Amount.bytes(fill.getLong("doneBytes"));
        return row(
                digits(fill.getString("snapshot")),
                "filling",
                Bar.of(fill.getInteger("percent")),
                total == null ? NONE : "%s of %s".formatted(done, Amount.bytes(total)),
                Amount.bytes(fill.getLong("bytesPerSecond")) + "/s",
                NONE);
    }

    private List<String> row(String snapshot, String state, String done, String bytes, String rate, String mounts) {
        return List.of(dataset.getString("name"), snapshot, state, done, bytes, rate, mounts);
    }

    private static String digits(@Nullable String snapshot) {
        return snapshot == null ? NONE : snapshot.substring(0, DIGITS);
    }
}
