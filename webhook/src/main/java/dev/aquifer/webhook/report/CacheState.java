package dev.aquifer.webhook.report;

import dev.aquifer.webhook.api.NodeCounts;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How one dataset is on all nodes together.
 *
 * @param snapshot the newest that a node has; null where none has one
 * @param trouble what somebody should do something about; null if there is nothing
 * @param remarks what is worth knowing, as a sentence; empty if there is nothing
 */
public record CacheState(
        NodeCounts nodes,
        @Nullable String snapshot,
        @Nullable Trouble trouble,
        String remarks) {
    /** Of a dataset that no node reports. */
    public static final CacheState NONE = new CacheState(NodeCounts.NONE, null, null, "");

    /**
     * What is wrong.
     *
     * @param reason in CamelCase
     * @param message what was found and what to do
     */
    public record Trouble(String reason, String message) {}

    /** Whether the other says the same, but for the wording. */
    public boolean isLike(CacheState other) {
        return nodes.equals(other.nodes)
                && Objects.equals(snapshot, other.snapshot)
                && Objects.equals(reason(), other.reason());
    }

    private @Nullable String reason() {
        return trouble == null ? null : trouble.reason();
    }
}
