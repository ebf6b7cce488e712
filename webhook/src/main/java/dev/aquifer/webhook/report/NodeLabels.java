package dev.aquifer.webhook.report;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The labels of nodes, for their own agents. What was found counts for some minutes. Blocks; safe for any thread. */
final class NodeLabels {
    private static final Duration BELIEVED = Duration.ofMinutes(5);
    private static final Logger LOG = LoggerFactory.getLogger(NodeLabels.class);

    private final Function<String, Map<String, String>> cluster;
    private final LongSupplier nanoTime;
    private final Map<String, Found> found = new HashMap<>();

    /** Labels, and when they were found. */
    private record Found(Map<String, String> labels, long at) {}

    /** @param cluster reads those of a node */
    NodeLabels(Function<String, Map<String, String>> cluster, LongSupplier nanoTime) {
        this.cluster = cluster;
        this.nanoTime = nanoTime;
    }

    /** Those of one node; null while they cannot be had. */
    @Nullable Map<String, String> of(String node) {
        Map<String, String> known = believed(node);
        if (known != null) {
            return known;
        }
        try {
            Map<String, String> labels = cluster.apply(node);
            synchronized (found) {
                found.put(node, new Found(labels, nanoTime.getAsLong()));
            }
            return labels;
        } catch (RuntimeException e) {
            LOG.warn("labels not read node={} cause=\"{}\"", node, e.getMessage());
            return null;
        }
    }

    private @Nullable Map<String, String> believed(String node) {
        synchronized (found) {
            long now = nanoTime.getAsLong();
            found.values().removeIf(one -> now - one.at > BELIEVED.toNanos());
            Found one = found.get(node);
            return one == null ? null : one.labels;
        }
    }
}
