package dev.aquifer.webhook.binder.caching;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aquifer.webhook.binder.pods.PodClaims;
import dev.aquifer.webhook.binder.requests.Paths;
import dev.aquifer.webhook.binding.source.Dataset;
import dev.aquifer.webhook.origin.Origin;
import dev.aquifer.webhook.rest.ApiServer;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Where the origin of a claim must run that one node may have at a time: where its owner's newest pod is, so that it
 * never holds the claim back from a pod that moves.
 */
final class OriginPlace {
    private final ApiServer api;

    OriginPlace(ApiServer api) {
        this.api = api;
    }

    /** The node; null while no other pod uses the claim. */
    @Nullable String nodeOf(Dataset dataset) {
        AtomicReference<@Nullable JsonNode> newest = new AtomicReference<>();
        api.list(Paths.pods(dataset.owner()), pod -> {
            JsonNode before = newest.get();
            if (uses(pod, dataset) && (before == null || created(pod).compareTo(created(before)) > 0)) {
                newest.set(pod);
            }
        });
        JsonNode found = newest.get();
        return found == null ? null : found.at("/spec/nodeName").asText();
    }

    private static boolean uses(JsonNode pod, Dataset dataset) {
        String origin = pod.at("/metadata/labels").path(Origin.LABEL).asText();
        return !pod.at("/spec/nodeName").asText().isEmpty()
                && !origin.equals(dataset.origin())
                && PodClaims.use(pod, dataset.claim());
    }

    /** RFC 3339 in UTC: texts sort as times do. */
    private static String created(JsonNode pod) {
        return pod.at("/metadata/creationTimestamp").asText();
    }
}
