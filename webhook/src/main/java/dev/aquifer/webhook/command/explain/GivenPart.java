package dev.aquifer.webhook.command.explain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aquifer.webhook.api.PodAnnotations;
import dev.aquifer.webhook.api.WrittenAnswer;
import java.util.HashSet;
import java.util.Set;

/** What injection gave a stored pod, and nothing else of it: the API server and other webhooks change pods too. */
final class GivenPart {
    private final JsonNode pod;
    private final WrittenAnswer answer;
    private final Set<String> names;

    /** @param given the names of the pod's volumes that came by injection alone */
    GivenPart(JsonNode pod, WrittenAnswer answer, Set<String> given) {
        this.pod = pod;
        this.answer = answer;
        names = new HashSet<>(given);
        for (JsonNode volume : pod.at("/spec/volumes")) {
            JsonNode claim = volume.at("/persistentVolumeClaim/claimName");
            if (claim.isTextual() && answer.gave(claim.asText())) {
                names.add(volume.path("name").asText());
            }
        }
    }

    /** A copy of the pod as its author wrote it, with this part. */
    ObjectNode addedTo(ObjectNode author) {
        ObjectNode injected = author.deepCopy();
        if (answer.isThere()) {
            injected.withObjectProperty("metadata")
                    .withObjectProperty("annotations")
                    .set(PodAnnotations.INJECTED, answer.text());
        } else if (injected.at("/metadata/annotations") instanceof ObjectNode annotations) {
            annotations.remove(PodAnnotations.INJECTED);
        }
        bring(injected.path("spec"), pod.path("spec"), "volumes", "name");
        for (String kind : RunningPod.CONTAINERS) {
            for (JsonNode container : injected.at(kind)) {
                JsonNode stored = find(pod.at(kind), "name", container.path("name"));
                bring(container, stored, "volumeMounts", "mountPath");
            }
        }
        return injected;
    }

    /** Has a list be the stored one, but for the author's own entries, which are as he wrote them, and those of others. */
    private void bring(JsonNode author, JsonNode stored, String list, String key) {
        ArrayNode entries = JsonNodeFactory.instance.arrayNode();
        for (JsonNode entry : stored.path(list)) {
            JsonNode own = find(author.path(list), key, entry.path(key));
            if (names.contains(entry.path("name").asText())) {
                entries.add(entry);
            } else if (!own.isMissingNode()) {
                entries.add(own);
            }
        }
        if (!entries.isEmpty() && author instanceof ObjectNode owner) {
            owner.set(list, entries);
        }
    }

    private static JsonNode find(JsonNode entries, String key, JsonNode value) {
        for (JsonNode entry : entries) {
            if (entry.path(key).equals(value)) {
                return entry;
            }
        }
        return MissingNode.getInstance();
    }
}
