package dev.aquifer.webhook.command.nodes;

import org.jspecify.annotations.Nullable;

/**
 * The cache of one node.
 *
 * @param stand null where the agent gives no answer
 * @param message why not; null where it answers
 */
public record NodeCache(
        String node,
        boolean ready,
        @Nullable Stand stand,
        @Nullable String message) {

    /**
     * What its agent measures.
     *
     * @param complete datasets that new pods get at once
     * @param filling those of which something is being fetched
     * @param refused those that cannot be filled
     * @param cacheBytes what all of them take
     * @param quotaBytes what they may take
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
            long fillBytes,
            long fillDoneBytes,
            long fillBytesPerSecond) {

        static Stand parse(String metrics) {
            Measures measures = Measures.parse(metrics);
            long refreshing = datasets(measures, "refreshing");
            return new Stand(
                    datasets(measures, "ready") + refreshing,
                    datasets(measures, "filling") + refreshing,
                    datasets(measures, "refused"),
                    measures.of("aquifer_node_cache_bytes"),
                    measures.of("aquifer_node_cache_quota_bytes"),
                    measures.of("aquifer_node_fill_bytes"),
                    measures.of("aquifer_node_fill_done_bytes"),
                    measures.of("aquifer_node_fill_bytes_per_second"));
        }

        private static long datasets(Measures measures, String state) {
            return measures.of("aquifer_node_datasets{state=\"%s\"}".formatted(state));
        }
    }
}
