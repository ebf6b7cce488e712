package dev.aquifer.webhook.command.nodes;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.JsonNode;
import dev.aquifer.webhook.command.lookup.Installed;
import dev.aquifer.webhook.command.lookup.Kind;
import dev.aquifer.webhook.command.lookup.KubernetesObjects;
import dev.aquifer.webhook.rest.ApiException;
import org.jspecify.annotations.Nullable;

/**
 * On how many nodes a cached volume is how, as its status says.
 *
 * @param all nodes that have an agent and are to have the volume, or have it
 */
public record Spread(int complete, int filling, int failed, int all) {

    /** That of a volume; null where nothing is known of any node, as of one that is not cached. */
    public static @Nullable Spread of(JsonNode volume, int agents) {
        JsonNode nodes = volume.at("/status/nodes");
        if (!nodes.isObject()) {
            return null;
        }
        int complete = nodes.path("complete").asInt();
        int filling = nodes.path("filling").asInt();
        int failed = nodes.path("failed").asInt();
        int concerned = agents - nodes.path("unselected").asInt();
        return new Spread(complete, filling, failed, Math.max(concerned, complete + filling + failed));
    }

    /** How many nodes have an agent, or should have one; 0 for whoever may not look. */
    public static int agents(KubernetesObjects objects) {
        try {
            return Installed.all(objects, Kind.DAEMON_SET, NodeCaches.AGENTS).stream()
                    .mapToInt(agents ->
                            agents.at("/status/desiredNumberScheduled").asInt())
                    .sum();
        } catch (ApiException e) {
            if (e.isRefusal()) {
                return 0;
            }
            throw e;
        }
    }

    /** Whether no node is missing. */
    @JsonIgnore
    public boolean isFull() {
        return all > 0 && complete >= all;
    }
}
