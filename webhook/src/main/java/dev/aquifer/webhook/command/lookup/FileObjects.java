package dev.aquifer.webhook.command.lookup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aquifer.webhook.command.manifest.Manifests;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Objects in files, as their authors wrote them or as a cluster gave them. What only a cluster knows is taken to be well:
 * of a volume without a status, its directories are there.
 */
public final class FileObjects implements KubernetesObjects {
    private static final String DEFAULT_NAMESPACE = "default";

    private final List<JsonNode> objects = new ArrayList<>();

    /**
     * Reads the files.
     *
     * @throws IllegalArgumentException with a sentence, when one of them cannot be read
     */
    public FileObjects(List<String> files) {
        for (String file : files) {
            for (JsonNode object :
                    Manifests.read(file, InputStream.nullInputStream()).objects()) {
                if (isOf(object, Kind.SHARED_VOLUME)) {
                    Spelling.check(file, object);
                }
                objects.add(isOf(object, Kind.SHARED_VOLUME) ? completed(object) : object);
            }
        }
    }

    @Override
    public List<JsonNode> all(Kind kind) {
        return objects.stream().filter(object -> isOf(object, kind)).toList();
    }

    @Override
    public List<JsonNode> labelled(Kind kind, String labels) {
        return all(kind).stream().filter(object -> hasAll(object, labels)).toList();
    }

    @Override
    public List<JsonNode> within(String namespace, Kind kind, String labels) {
        return labelled(kind, labels).stream()
                .filter(object -> isIn(namespace, object))
                .toList();
    }

    @Override
    public @Nullable JsonNode find(Kind kind, String namespace, String name) {
        for (JsonNode object : all(kind)) {
            if (isIn(namespace, object)
                    && object.path("metadata").path("name").asText().equals(name)) {
                return object;
            }
        }
        return null;
    }

    private static boolean isIn(String namespace, JsonNode object) {
        return namespace.isEmpty()
                || object.path("metadata")
                        .path("namespace")
                        .asText(DEFAULT_NAMESPACE)
                        .equals(namespace);
    }

    private static boolean isOf(JsonNode object, Kind kind) {
        return object.path("kind").asText().equals(kind.text());
    }

    /** Whether an object has these labels, written as {@code key=value,key=value}. */
    static boolean hasAll(JsonNode object, String labels) {
        return labels.isEmpty() || Arrays.stream(labels.split(",", -1)).allMatch(label -> has(object, label));
    }

    private static boolean has(JsonNode object, String label) {
        int equals = label.indexOf('=');
        return object.path("metadata")
                .path("labels")
                .path(label.substring(0, equals))
                .asText()
                .equals(label.substring(equals + 1));
    }

    private static JsonNode completed(JsonNode volume) {
        ObjectNode copy = volume.deepCopy();
        ObjectNode metadata = copy.withObject("/metadata");
        if (!metadata.hasNonNull("namespace")) {
            metadata.put("namespace", DEFAULT_NAMESPACE);
        }
        if (!metadata.hasNonNull("uid")) {
            metadata.put("uid", "not-known");
        }
        if (!copy.path("status").has("readyPaths") && copy.path("spec").isObject()) {
            copy.withObject("/spec/directories").put("make", false);
        }
        return copy;
    }
}
