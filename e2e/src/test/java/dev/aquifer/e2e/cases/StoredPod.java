package dev.aquifer.e2e.cases;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Iterator;
import java.util.List;

/** A pod as the API server would store it, with every field that it has. */
final class StoredPod {
    private static final String OURS = "aquifer";
    private static final String ANNOTATIONS = "/metadata/annotations";

    private StoredPod() {}

    static boolean isInjected(JsonNode pod) {
        return pod.at(ANNOTATIONS).has("aquifer.dev/injected");
    }

    /** A copy without what is another in every pod, our volumes with their mounts, and our annotations. */
    static JsonNode withoutOurs(JsonNode pod) {
        JsonNode copy = Serialization.unmarshal(
                pod.toString().replaceAll("kube-api-access-[a-z0-9]+", "kube-api-access"), JsonNode.class);
        ((ObjectNode) copy.path("metadata")).remove(List.of("uid", "creationTimestamp", "managedFields"));
        for (Iterator<String> keys = copy.at(ANNOTATIONS).fieldNames(); keys.hasNext(); ) {
            if (keys.next().startsWith(OURS)) {
                keys.remove();
            }
        }
        if (copy.at(ANNOTATIONS).isEmpty()) {
            ((ObjectNode) copy.path("metadata")).remove("annotations");
        }
        removeOurs(copy.at("/spec/volumes"));
        for (String containers : List.of("containers", "initContainers")) {
            copy.path("spec").path(containers).forEach(container -> removeOurs(container.path("volumeMounts")));
        }
        return copy;
    }

    private static void removeOurs(JsonNode named) {
        for (Iterator<JsonNode> each = named.iterator(); each.hasNext(); ) {
            if (each.next().path("name").asText().startsWith(OURS)) {
                each.remove();
            }
        }
    }
}
