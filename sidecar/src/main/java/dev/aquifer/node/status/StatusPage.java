package dev.aquifer.node.status;

import dev.aquifer.node.cache.Amount;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The status of a node's agent as people read it: a row for each snapshot, then what somebody should know, then the cache. */
public final class StatusPage {
    private StatusPage() {}

    /**
     * The lines of the page.
     *
     * @param status what the agent answers, which has escaped all foreign text in it
     */
    public static List<String> of(JsonObject status) {
        List<JsonObject> datasets = Json.objects(status, "datasets").stream()
                .sorted(Comparator.comparing((JsonObject dataset) -> dataset.getString("name"))
                        .thenComparing(dataset -> dataset.getString("id")))
                .toList();
        List<String> page = new ArrayList<>();
        if (datasets.isEmpty()) {
            page.add("no datasets: no pod of this node has a cached volume, and none is prefetched");
        } else {
            page.addAll(new Columns(rows(datasets)).lines());
            datasets.forEach(dataset -> page.addAll(new Remarks(dataset).make()));
        }
        if (!status.getBoolean("mountsKnown")) {
            page.add(
                    "what is mounted is not known: the container 'mount' does not say; see the logs of both containers");
        }
        page.add("cache: %s of %s, %d of %d inodes"
                .formatted(
                        Amount.bytes(status.getLong("usedBytes")),
                        Amount.bytes(status.getLong("quotaBytes")),
                        status.getLong("usedInodes"),
                        status.getLong("quotaInodes")));
        return page;
    }

    private static List<List<String>> rows(List<JsonObject> datasets) {
        List<List<String>> rows = new ArrayList<>(List.of(SnapshotRows.HEAD));
        datasets.forEach(dataset -> rows.addAll(new SnapshotRows(dataset).make()));
        return rows;
    }
}
