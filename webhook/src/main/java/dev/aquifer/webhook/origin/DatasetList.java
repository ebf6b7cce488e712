package dev.aquifer.webhook.origin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

/** The list of live datasets that node agents read, in files that each fit into a ConfigMap. */
public final class DatasetList {
    /** A ConfigMap holds 1 MiB with all its fields. */
    static final int LARGEST_FILE = 900 << 10;

    private DatasetList() {}

    /**
     * The files, at least one, in the order of the datasets' ids. The first one says how many there are, so that nobody who
     * finds fewer believes that a dataset is gone.
     */
    public static List<String> files(Collection<JsonNode> entries) {
        List<JsonNode> sorted = new ArrayList<>(entries);
        sorted.sort((one, other) -> id(one).compareTo(id(other)));
        List<ArrayNode> files = new ArrayList<>();
        ArrayNode file = JsonNodeFactory.instance.arrayNode();
        int size = 0;
        for (JsonNode entry : sorted) {
            int length = entry.toString().getBytes(StandardCharsets.UTF_8).length + 1;
            if (size + length > LARGEST_FILE && !file.isEmpty()) {
                files.add(file);
                file = JsonNodeFactory.instance.arrayNode();
                size = 0;
            }
            file.add(entry);
            size += length;
        }
        files.add(file);
        return IntStream.range(0, files.size())
                .mapToObj(i -> text(files.get(i), i == 0 ? files.size() : 0))
                .toList();
    }

    /** An entry of the list. */
    public static JsonNode entry(DatasetEntry entry) {
        return entry.toJson();
    }

    private static String id(JsonNode entry) {
        return entry.path("id").asText();
    }

    private static String text(ArrayNode entries, int files) {
        ObjectNode file = JsonNodeFactory.instance.objectNode();
        if (files > 0) {
            file.put("files", files);
        }
        file.set("datasets", entries);
        return file.toString();
    }
}
