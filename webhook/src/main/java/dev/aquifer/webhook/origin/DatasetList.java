package dev.aquifer.webhook.origin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The list of live datasets that node agents read, in files that each fit into a ConfigMap. */
public final class DatasetList {
    /** A ConfigMap holds 1 MiB with all its fields. */
    static final int LARGEST_FILE = 900 << 10;

    private DatasetList() {}

    /** The files, at least one, in the order of the datasets' ids. */
    public static List<String> files(Collection<JsonNode> entries) {
        List<JsonNode> sorted = new ArrayList<>(entries);
        sorted.sort((one, other) -> id(one).compareTo(id(other)));
        List<String> files = new ArrayList<>();
        ArrayNode file = JsonNodeFactory.instance.arrayNode();
        int size = 0;
        for (JsonNode entry : sorted) {
            int length = entry.toString().getBytes(StandardCharsets.UTF_8).length + 1;
            if (size + length > LARGEST_FILE && !file.isEmpty()) {
                files.add(text(file));
                file = JsonNodeFactory.instance.arrayNode();
                size = 0;
            }
            file.add(entry);
            size += length;
        }
        files.add(text(file));
        return List.copyOf(files);
    }

    /** An entry of the list. */
    public static JsonNode entry(DatasetEntry entry) {
        return entry.toJson();
    }

    private static String id(JsonNode entry) {
        return entry.path("id").asText();
    }

    private static String text(ArrayNode entries) {
        ObjectNode file = JsonNodeFactory.instance.objectNode();
        file.set("datasets", entries);
        return file.toString();
    }
}
