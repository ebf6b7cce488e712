package dev.aquifer.webhook.command.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aquifer.webhook.api.PodAnnotations;
import dev.aquifer.webhook.rest.ApiException;
import dev.aquifer.webhook.rest.ApiServer;

/** A pod that the API server is asked about and never stores. Every Pod Security level takes it. */
final class ProbePod {
    private ProbePod() {}

    /**
     * The pod as it would be stored.
     *
     * @param volumes what it asks for, as its annotation says it
     * @throws ApiException when it would be refused, or there is no answer
     */
    static JsonNode stored(ApiServer api, String namespace, String volumes) {
        return api.send(
                "POST", "/api/v1/namespaces/" + namespace + "/pods?dryRun=All", "application/json", asking(volumes));
    }

    private static ObjectNode asking(String volumes) {
        ObjectNode pod = JsonNodeFactory.instance.objectNode();
        pod.put("apiVersion", "v1").put("kind", "Pod");
        ObjectNode metadata = pod.putObject("metadata").put("generateName", "aquifer-doctor-");
        metadata.putObject("annotations").put(PodAnnotations.VOLUMES, volumes);
        ObjectNode spec = pod.putObject("spec");
        spec.putObject("securityContext")
                .put("runAsNonRoot", true)
                .put("runAsUser", 65532)
                .putObject("seccompProfile")
                .put("type", "RuntimeDefault");
        ObjectNode container =
                spec.putArray("containers").addObject().put("name", "none").put("image", "none");
        container
                .putObject("securityContext")
                .put("allowPrivilegeEscalation", false)
                .putObject("capabilities")
                .putArray("drop")
                .add("ALL");
        return pod;
    }
}
