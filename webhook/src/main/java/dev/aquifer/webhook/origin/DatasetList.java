package dev.aquifer.webhook.origin;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingInt;
import static java.util.Comparator.comparingLong;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The list of live datasets that node agents read, in files that each fit into a ConfigMap. */
public final class DatasetList {
    /** A ConfigMap holds 1 MiB with all its fields. */
    static final int LARGEST_FILE = 900 << 10;

    private DatasetList() {}

    /**
     * The files, at least one, in the order of the datasets' ids. The first one says how many there are, so that nobody who
     * finds fewer believes that a dataset is gone. Where there are more than can be read, the first ones have as much of
     * each owner's as there is room for: many large volumes of one owner push out no entry of an owner of fewer.
     *
     * @param most so many files are read
     */
    public static List<String> files(Collection<JsonNode> entries, int most) {
        List<Entry> sorted = new ArrayList<>();
        entries.forEach(entry -> sorted.add(new Entry(entry, length(entry))));
        sorted.sort(comparing(Entry::id));
        List<ArrayNode> all = cut(sorted);
        List<ArrayNode> files = all.size() > most ? cut(fairly(sorted)) : all;
        return IntStream.range(0, files.size())
                .mapToObj(i -> text(files.get(i), i == 0 ? files.size() : 0))
                .toList();
    }

    /** An entry with the bytes that it takes. */
    private record Entry(JsonNode json, int length) {
        String id() {
            return json.path("id").asText();
        }

        /** Of {@code owner/name} the owner. */
        String owner() {
            String volume = json.path("sharedVolume").asText();
            return volume.substring(0, Math.max(0, volume.indexOf('/')));
        }
    }

    private static int length(JsonNode entry) {
        return entry.toString().getBytes(StandardCharsets.UTF_8).length + 1;
    }

    private static List<ArrayNode> cut(List<Entry> entries) {
        List<ArrayNode> files = new ArrayList<>();
        ArrayNode file = JsonNodeFactory.instance.arrayNode();
        int size = 0;
        for (Entry entry : entries) {
            if (size + entry.length > LARGEST_FILE && !file.isEmpty()) {
                files.add(file);
                file = JsonNodeFactory.instance.arrayNode();
                size = 0;
            }
            file.add(entry.json);
            size += entry.length;
        }
        files.add(file);
        return files;
    }

    /** Each owner's smallest first, and of all owners that one first whose have taken the least with it. */
    private static List<Entry> fairly(List<Entry> entries) {
        Map<String, Long> taken = new HashMap<>();
        return entries.stream()
                .sorted(comparingInt(Entry::length))
                .map(entry -> new Turn(entry, taken.merge(entry.owner(), (long) entry.length, Long::sum)))
                .sorted(comparingLong(Turn::taken))
                .map(Turn::entry)
                .toList();
    }

    /** An entry with the bytes that its owner has taken with it. */
    private record Turn(Entry entry, long taken) {}

    /** An entry of the list. */
    public static JsonNode entry(DatasetEntry entry) {
        return entry.toJson();
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
