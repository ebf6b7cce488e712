package dev.aquifer.webhook.report;

import dev.aquifer.webhook.tokens.Believed;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The labels of nodes, for their own agents. What was found counts for some minutes. Blocks; safe for any thread. */
final class NodeLabels {
    private static final Logger LOG = LoggerFactory.getLogger(NodeLabels.class);

    private final Function<String, Map<String, String>> cluster;
    private final Believed<Map<String, String>> believed;

    /** @param cluster reads those of a node */
    NodeLabels(Function<String, Map<String, String>> cluster, LongSupplier nanoTime) {
        this.cluster = cluster;
        this.believed = new Believed<>(nanoTime);
    }

    /** Those of one node; null while they cannot be had. */
    @Nullable Map<String, String> of(String node) {
        Map<String, String> known = believed.of(node);
        if (known != null) {
            return known;
        }
        try {
            Map<String, String> labels = cluster.apply(node);
            believed.put(node, labels);
            return labels;
        } catch (RuntimeException e) {
            LOG.warn("labels not read node={} cause=\"{}\"", node, e.getMessage());
            return null;
        }
    }
}
