package dev.aquifer.webhook.command.manifest;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * An object that is a pod or makes pods by a template.
 *
 * @param object the whole object
 * @param template where the template stands in it; the object itself of a pod
 */
public record Workload(JsonNode object, JsonPointer template) {
    private static final JsonPointer ITSELF = JsonPointer.empty();
    private static final JsonPointer TEMPLATE = JsonPointer.compile("/spec/template");
    private static final JsonPointer JOB_TEMPLATE = JsonPointer.compile("/spec/jobTemplate/spec/template");
    private static final JsonPointer POD_TEMPLATE = JsonPointer.compile("/template");

    /** Reads an object; null when it makes no pods. Kinds that nobody knows count when they have a template. */
    public static @Nullable Workload of(JsonNode object) {
        String kind = object.path("kind").asText();
        JsonPointer template = switch (kind) {
            case "Pod" -> ITSELF;
            case "CronJob" -> JOB_TEMPLATE;
            case "PodTemplate" -> POD_TEMPLATE;
            default -> TEMPLATE;
        };
        return object.at(template).path("spec").path("containers").isArray() || kind.equals("Pod")
                ? new Workload(object, template)
                : null;
    }

    public String kind() {
        return object.path("kind").asText();
    }

    /** Its name, or the beginning of the one that it will have; empty when it has neither. */
    public String name() {
        JsonNode metadata = object.path("metadata");
        return metadata.path("name").asText(metadata.path("generateName").asText());
    }

    /** The namespace that it names; null when it names none. */
    public @Nullable String namespace() {
        JsonNode namespace = object.path("metadata").path("namespace");
        return namespace.isTextual() && !namespace.textValue().isEmpty() ? namespace.textValue() : null;
    }

    /** The pod, or one as the template makes it. */
    public ObjectNode pod() {
        if (template.matches()) {
            return object.deepCopy();
        }
        ObjectNode pod = JsonNodeFactory.instance.objectNode();
        pod.put("apiVersion", "v1").put("kind", "Pod");
        ObjectNode parts = object.at(template).deepCopy();
        pod.setAll(parts);
        return pod;
    }

    /** The object with the pod in its place. */
    public JsonNode with(JsonNode pod) {
        if (template.matches()) {
            return pod;
        }
        ObjectNode copy = object.deepCopy();
        ObjectNode place = (ObjectNode) copy.at(template);
        place.set("metadata", pod.path("metadata"));
        place.set("spec", pod.path("spec"));
        return copy;
    }
}
