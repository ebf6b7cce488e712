package dev.aquifer.webhook.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aquifer.webhook.cluster.ClusterPicture;
import dev.aquifer.webhook.cluster.Served;
import dev.aquifer.webhook.command.lookup.SharedVolumes;
import dev.aquifer.webhook.entitlement.AcceptedOwners;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes what admission would know of objects that were read as trees. Only what it looks at is taken over: to fill the
 * models of a client by reflection takes longer than all the rest of a command.
 */
final class Pictures {
    private Pictures() {}

    static ClusterPicture of(
            List<JsonNode> namespaces, List<JsonNode> volumes, AcceptedOwners accepted, Served served) {
        return ClusterPicture.of(
                namespaces.stream().map(Pictures::namespace).toList(),
                volumes.stream().map(SharedVolumes::resource).toList(),
                accepted,
                served);
    }

    /** A Namespace with these labels, of which nothing else is known. */
    static JsonNode labelled(String name, Map<String, String> labels) {
        ObjectNode namespace = JsonNodeFactory.instance.objectNode();
        ObjectNode metadata = namespace.putObject("metadata").put("name", name);
        labels.forEach(metadata.putObject("labels")::put);
        return namespace;
    }

    private static Namespace namespace(JsonNode object) {
        JsonNode metadata = object.path("metadata");
        return new NamespaceBuilder()
                .withNewMetadata()
                .withName(metadata.path("name").asText())
                .withLabels(texts(metadata.path("labels")))
                .withAnnotations(texts(metadata.path("annotations")))
                .endMetadata()
                .build();
    }

    private static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new HashMap<>();
        object.properties()
                .forEach(member -> texts.put(member.getKey(), member.getValue().asText()));
        return texts;
    }
}
