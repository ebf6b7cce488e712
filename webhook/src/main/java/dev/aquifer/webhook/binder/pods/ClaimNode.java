package dev.aquifer.webhook.binder.pods;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aquifer.webhook.binder.requests.Paths;
import dev.aquifer.webhook.rest.ApiServer;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** On which node a claim is in use: one that a single node may have at a time can be mounted nowhere else. */
public final class ClaimNode {
    private final ApiServer api;

    public ClaimNode(ApiServer api) {
        this.api = api;
    }

    /**
     * The node of the newest pod that uses the claim; null while there is none.
     *
     * @param counts which pods are looked at
     */
    public @Nullable String of(String namespace, String claim, Predicate<JsonNode> counts) {
        AtomicReference<@Nullable JsonNode> newest = new AtomicReference<>();
        api.list(Paths.pods(namespace), pod -> {
            JsonNode before = newest.get();
            if (isPlaced(pod)
                    && PodClaims.use(pod, claim)
                    && counts.test(pod)
                    && (before == null || created(pod).compareTo(created(before)) > 0)) {
                newest.set(pod);
            }
        });
        JsonNode found = newest.get();
        return found == null ? null : node(found);
    }

    private static boolean isPlaced(JsonNode pod) {
        return !node(pod).isEmpty();
    }

    private static String node(JsonNode pod) {
        return pod.at("/spec/nodeName").asText();
    }

    /** RFC 3339 in UTC: texts sort as times do. */
    private static String created(JsonNode pod) {
        return pod.at("/metadata/creationTimestamp").asText();
    }
}
