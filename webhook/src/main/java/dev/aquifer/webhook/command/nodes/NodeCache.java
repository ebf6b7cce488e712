package dev.aquifer.webhook.command.nodes;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The cache of one node.
 *
 * @param stand null where the agent gives no answer
 * @param datasets what there is of each, where that was asked
 * @param message why it does not say all of it; null where it does
 */
public record NodeCache(
        String node,
        boolean ready,
        @Nullable Stand stand,
        List<Held> datasets,
        @Nullable String message) {
    public NodeCache {
        datasets = List.copyOf(datasets);
    }

    /** One whose agent gives no answer. */
    static NodeCache silent(String node, boolean ready, String message) {
        return new NodeCache(node, ready, null, List.of(), message);
    }

    /**
     * What a node has of a dataset.
     *
     * @param volume {@code owner/name}
     * @param state {@code ready}, {@code filling}, {@code refreshing}, {@code refused}, {@code idle}, or what a newer agent says
     * @param percent of the fill that is running; 0 while there is none
     * @param bytes that it takes on the node; while it is filled, at least those that are there
     * @param message why it cannot be filled, or what is damaged; null where all is well
     */
    public record Held(
            String volume,
            String state,
            int percent,
            long bytes,
            @Nullable String message) {
        /** One of the list that {@code aquifer-node status} prints. */
        static Held of(JsonNode dataset) {
            String refused = dataset.at("/refused/message").textValue();
            return new Held(
                    dataset.path("name").asText(),
                    dataset.path("state").asText(),
                    dataset.at("/fill/percent").asInt(),
                    // what it takes is counted once it is filled
                    Math.max(
                            dataset.path("usedBytes").asLong(),
                            dataset.at("/fill/doneBytes").asLong()),
                    refused != null ? refused : damage(dataset));
        }

        private static @Nullable String damage(JsonNode dataset) {
            return dataset.path("snapshots")
                    .valueStream()
                    .map(snapshot -> snapshot.path("damaged").textValue())
                    .filter(Objects::nonNull)
                    .findFirst()
                    .map("damaged: "::concat)
                    .orElse(null);
        }

        /** Whether new pods get it at once, and nothing is being fetched for it. */
        @JsonIgnore
        public boolean isReady() {
            return state.equals("ready");
        }

        /** Whether something is being fetched for it. */
        @JsonIgnore
        public boolean isFilling() {
            return state.equals("filling") || state.equals("refreshing");
        }

        /** Whether there is nothing to be said of it: it is there, or nobody wants it. */
        @JsonIgnore
        public boolean isQuiet() {
            return message == null && (isReady() || state.equals("idle"));
        }
    }

    /**
     * What its agent measures.
     *
     * @param complete datasets that new pods get at once
     * @param filling those of which something is being fetched
     * @param refused those that cannot be filled
     * @param cacheBytes what all of them take
     * @param quotaBytes what they may take
     * @param freeBytes what is free on their file system; null where that is not known
     * @param lacksVerity whether fs-verity is asked for and their file system has none
     * @param certificateEnd until when its certificate is valid, in seconds since 1970; 0 while it has none, null where that is
     *     not known
     * @param fillBytes the size of what is being fetched
     * @param fillDoneBytes what of it is there
     * @param fillBytesPerSecond how fast
     */
    public record Stand(
            long complete,
            long filling,
            long refused,
            long cacheBytes,
            long quotaBytes,
            @Nullable Long freeBytes,
            boolean lacksVerity,
            @Nullable Long certificateEnd,
            long fillBytes,
            long fillDoneBytes,
            long fillBytesPerSecond) {
        private static final String CERTIFICATE_END = "aquifer_node_certificate_expiry_timestamp_seconds";
        private static final String FREE = "aquifer_node_cache_free_bytes";

        static Stand parse(String metrics) {
            Measures measures = Measures.parse(metrics);
            long refreshing = datasets(measures, "refreshing");
            return new Stand(
                    datasets(measures, "ready") + refreshing,
                    datasets(measures, "filling") + refreshing,
                    datasets(measures, "refused"),
                    measures.of("aquifer_node_cache_bytes"),
                    measures.of("aquifer_node_cache_quota_bytes"),
                    measures.has(FREE) ? measures.of(FREE) : null,
                    measures.of("aquifer_node_cache_verity_missing") > 0,
                    measures.has(CERTIFICATE_END) ? measures.of(CERTIFICATE_END) : null,
                    measures.of("aquifer_node_fill_bytes"),
                    measures.of("aquifer_node_fill_done_bytes"),
                    measures.of("aquifer_node_fill_bytes_per_second"));
        }

        private static long datasets(Measures measures, String state) {
            return measures.of("aquifer_node_datasets{state=\"%s\"}".formatted(state));
        }
    }
}
