package dev.aquifer.webhook.report;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The last report of each node that reports to this replica. Whoever reads it says up to where he has read, and gets what has
 * changed since; nodes that say nothing any more are forgotten.
 */
final class ReportBook {
    private static final Duration FORGOTTEN = Duration.ofMinutes(10);

    private final String id = UUID.randomUUID().toString();
    private final LongSupplier nanoTime;
    private final Map<String, Entry> entries = new HashMap<>();
    private long sequence;

    /** A report, with the number of the change that brought it. */
    private record Entry(JsonObject report, long sequence, long at) {}

    ReportBook(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Takes the report of a node. */
    synchronized void put(String node, JsonObject report) {
        long now = nanoTime.getAsLong();
        Entry before = entries.get(node);
        long number = before != null && before.report.equals(report) ? before.sequence : ++sequence;
        entries.put(node, new Entry(report, number, now));
        entries.values().removeIf(entry -> now - entry.at > FORGOTTEN.toNanos());
    }

    /**
     * All nodes, those with their report that changed it since.
     *
     * @param book which was read before; null for none
     * @param after up to where
     */
    synchronized JsonObject read(@Nullable String book, long after) {
        long from = id.equals(book) ? after : 0;
        JsonArray nodes = new JsonArray();
        entries.forEach((node, entry) -> {
            JsonObject shown = new JsonObject()
                    .put("node", node)
                    .put(
                            "ageMillis",
                            Duration.ofNanos(nanoTime.getAsLong() - entry.at).toMillis());
            nodes.add(entry.sequence > from ? shown.put("report", entry.report) : shown);
        });
        return new JsonObject().put("book", id).put("sequence", sequence).put("nodes", nodes);
    }
}
