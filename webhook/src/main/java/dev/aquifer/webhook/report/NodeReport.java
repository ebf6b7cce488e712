package dev.aquifer.webhook.report;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What one node's agent says of its datasets. */
record NodeReport(List<DatasetReport> datasets) {
    private static final int FORMAT = 1;
    private static final int MOST = 1_000;

    NodeReport {
        datasets = List.copyOf(datasets);
    }

    /**
     * The JSON of one, as an agent sent it.
     *
     * @throws IllegalArgumentException when it is none, saying what was expected
     */
    static JsonObject read(String text) {
        try {
            JsonObject json = new JsonObject(text);
            var _ = parse(json);
            return json;
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    "Expected the report of a node agent of this release as JSON, found another text: "
                            + e.getMessage(),
                    e);
        }
    }

    /** Whether the agent that wrote it wants to know the labels of its node. */
    static boolean asksForLabels(JsonObject json) {
        return json.getBoolean("asksForLabels", false);
    }

    static NodeReport parse(JsonObject json) {
        if (json.getInteger("format", 0) != FORMAT) {
            throw new IllegalArgumentException("another format");
        }
        JsonArray all = json.getJsonArray("datasets", new JsonArray());
        JsonArray unselected = json.getJsonArray("unselected", new JsonArray());
        return new NodeReport(Stream.concat(
                        IntStream.range(0, Math.min(MOST, all.size()))
                                .mapToObj(all::getJsonObject)
                                .map(DatasetReport::parse),
                        IntStream.range(0, Math.min(MOST, unselected.size()))
                                .mapToObj(unselected::getString)
                                .map(DatasetReport::unselected))
                .toList());
    }
}
