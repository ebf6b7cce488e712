package dev.aquifer.webhook.binder.pods;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aquifer.webhook.api.WrittenAnswer;
import dev.aquifer.webhook.binder.requests.Paths;
import dev.aquifer.webhook.cluster.Served;
import dev.aquifer.webhook.entitlement.Reason;
import dev.aquifer.webhook.rest.ApiServer;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Counts the pods that admission left without a volume whose directories were not there, by what it wrote into their
 * annotation. A list of all pods' metadata, so whoever asks for it asks seldom.
 */
final class PodCensus {
    /** Pods that ended miss nothing. */
    private static final String ALIVE = "?fieldSelector=status.phase!%3DSucceeded,status.phase!%3DFailed";

    private final ApiServer api;
    private final Served served;

    PodCensus(ApiServer api, Served served) {
        this.api = api;
        this.served = served;
    }

    /**
     * How many pods are without each volume, by its {@code owner/name}; nothing of a volume that no pod is without.
     *
     * @param asked the volumes that are counted: tenants can write any others into the annotation, and as many
     */
    Map<String, Integer> take(Set<String> asked) {
        Map<String, Integer> without = new HashMap<>();
        Paths.pods(served).forEach(pods -> api.listMetadata(pods + ALIVE, pod -> count(pod, asked, without)));
        return without;
    }

    private static void count(JsonNode pod, Set<String> asked, Map<String, Integer> without) {
        if (pod.path("metadata").has("deletionTimestamp")) {
            return;
        }
        WrittenAnswer.of(pod).skipped().forEach((volume, reason) -> {
            if (asked.contains(volume) && reason.equals(Reason.PATHS_NOT_READY.label())) {
                without.merge(volume, 1, Integer::sum);
            }
        });
    }
}
