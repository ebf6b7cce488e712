package dev.aquifer.webhook.command.lookup;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What people call objects, and what labels they gave them. */
public final class Names {
    private Names() {}

    /** {@code namespace/name}, or the name of an object that has no namespace. */
    public static String of(JsonNode object) {
        JsonNode metadata = object.path("metadata");
        String namespace = metadata.path("namespace").asText();
        String name = metadata.path("name").asText();
        return namespace.isEmpty() ? name : namespace + "/" + name;
    }

    /** The labels of an object; none of one that is not there. */
    public static Map<String, String> labels(@Nullable JsonNode object) {
        Map<String, String> labels = new HashMap<>();
        if (object != null) {
            object.at("/metadata/labels")
                    .properties()
                    .forEach(
                            label -> labels.put(label.getKey(), label.getValue().asText()));
        }
        return labels;
    }
}
