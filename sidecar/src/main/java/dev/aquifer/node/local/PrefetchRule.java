package dev.aquifer.node.local;

import java.util.Map;

/**
 * Which nodes fetch a dataset before any pod asks.
 *
 * @param wanted false for none
 * @param nodeSelector labels that a node must have all of; empty for every node
 */
public record PrefetchRule(boolean wanted, Map<String, String> nodeSelector) {
    public PrefetchRule {
        nodeSelector = Map.copyOf(nodeSelector);
    }

    /** Whether it depends on a node's labels. */
    boolean isSelective() {
        return wanted && !nodeSelector.isEmpty();
    }

    /** Whether a node with these labels is one of them. */
    boolean selects(Map<String, String> labels) {
        return wanted && labels.entrySet().containsAll(nodeSelector.entrySet());
    }
}
