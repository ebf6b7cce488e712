package dev.aquifer.webhook.binder.pods;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.stream.Stream;

/** The claims of pods, as the API server has them. */
public final class PodClaims {
    private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

    private PodClaims() {}

    /** The names of all that the pod names. */
    static Stream<String> of(JsonNode pod) {
        return pod.at("/spec/volumes")
                .valueStream()
                .map(volume -> volume.at("/persistentVolumeClaim/claimName").asText())
                .filter(claim -> !claim.isEmpty());
    }

    /** Whether the pod uses this claim; one that has ended uses none. */
    public static boolean use(JsonNode pod, String claim) {
        return !ENDED.contains(pod.at("/status/phase").asText()) && of(pod).anyMatch(claim::equals);
    }
}
