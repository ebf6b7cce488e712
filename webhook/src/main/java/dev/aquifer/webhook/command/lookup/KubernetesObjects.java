package dev.aquifer.webhook.command.lookup;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The objects there are, as trees. What cannot be looked at is an ApiException. */
public interface KubernetesObjects {

    /** All of a kind, of all namespaces. */
    List<JsonNode> all(Kind kind);

    /** Those with these labels, written as {@code key=value,key=value}. */
    List<JsonNode> labelled(Kind kind, String labels);

    /** As {@link #labelled}, of one namespace; empty labels are all objects'. */
    List<JsonNode> within(String namespace, Kind kind, String labels);

    /**
     * One of them, or null when it is not there.
     *
     * @param namespace empty for kinds that have none
     */
    @Nullable JsonNode find(Kind kind, String namespace, String name);

    /** The one namespace that lists of this kind were limited to, those made so far; null where they have all there is. */
    default @Nullable String only(Kind kind) {
        return null;
    }
}
