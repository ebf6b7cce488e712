package dev.aquifer.webhook.binder.pods;

import dev.aquifer.webhook.binder.requests.Paths;
import dev.aquifer.webhook.binding.names.PairName;
import dev.aquifer.webhook.cluster.Served;
import dev.aquifer.webhook.rest.ApiServer;
import java.util.HashSet;
import java.util.Set;

/** The pods that no node has yet, by the claims of ours that they name. */
final class WaitingPods {
    private static final String WITHOUT_NODE = "?fieldSelector=spec.nodeName%3D,status.phase%3DPending";

    private final ApiServer api;
    private final Served served;

    WaitingPods(ApiServer api, Served served) {
        this.api = api;
        this.served = served;
    }

    /** As {@code namespace/name}. */
    Set<String> claims() {
        Set<String> claims = new HashSet<>();
        Paths.pods(served)
                .forEach(pods -> api.list(pods + WITHOUT_NODE, pod -> {
                    String namespace = pod.at("/metadata/namespace").asText();
                    PodClaims.of(pod)
                            .filter(PairName::isReserved)
                            .forEach(claim -> claims.add(namespace + "/" + claim));
                }));
        return claims;
    }
}
