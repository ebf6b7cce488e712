package dev.aquifer.node.local;

import dev.aquifer.node.dataset.DatasetId;
import dev.aquifer.node.dataset.DatasetPath;
import dev.aquifer.node.dataset.InvalidListing;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The datasets that are live, as the binder wrote them into mounted ConfigMaps.
 *
 * @param isWhole whether all files were there, as many as the first one says, and each entry could be read: only then is a
 *     dataset that is not listed gone
 */
public record DatasetList(Map<DatasetId, DatasetEntry> entries, boolean isWhole) {
    private static final Logger LOG = LoggerFactory.getLogger(DatasetList.class);
    private static final long REFRESH_SECONDS = 600;

    public DatasetList {
        entries = Map.copyOf(entries);
    }

    /**
     * Reads all files {@code datasets-*.json} of the folder. An entry that cannot be read is left out and logged.
     *
     * @throws IOException if a file is not JSON
     */
    public static DatasetList read(Path folder) throws IOException {
        Map<String, JsonObject> files = files(folder);
        try {
            List<JsonObject> listed =
                    files.values().stream().flatMap(DatasetList::listed).toList();
            Map<DatasetId, DatasetEntry> entries = new HashMap<>();
            listed.forEach(json -> entry(json).forEach(entry -> entries.put(entry.id(), entry)));
            return new DatasetList(entries, entries.size() == listed.size() && hasAll(files));
        } catch (ClassCastException wrong) {
            throw unreadable(wrong);
        }
    }

    /** Those in which there is something, by their names; none where there is no folder. */
    private static Map<String, JsonObject> files(Path folder) throws IOException {
        Map<String, JsonObject> files = new HashMap<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "datasets-*.json")) {
            for (Path file : found) {
                String text = Files.readString(file);
                if (!text.isBlank()) {
                    files.put(file.getFileName().toString(), new JsonObject(text));
                }
            }
        } catch (NoSuchFileException | NotDirectoryException missing) {
            return Map.of();
        } catch (DecodeException wrong) {
            throw unreadable(wrong);
        }
        return files;
    }

    /** Whether there are as many as the first one says. */
    private static boolean hasAll(Map<String, JsonObject> files) {
        JsonObject first = files.get(file(0));
        Integer expected = first == null ? null : first.getInteger("files");
        return expected != null
                && IntStream.range(0, expected).mapToObj(DatasetList::file).allMatch(files::containsKey);
    }

    private static String file(int index) {
        return "datasets-%d.json".formatted(index);
    }

    private static Stream<JsonObject> listed(JsonObject file) {
        JsonArray all = file.getJsonArray("datasets", new JsonArray());
        return IntStream.range(0, all.size()).mapToObj(all::getJsonObject);
    }

    private static IOException unreadable(Exception reason) {
        return new IOException("expected a JSON object with a list 'datasets', found something else", reason);
    }

    private static List<DatasetEntry> entry(JsonObject json) {
        try {
            JsonArray points = json.getJsonArray("mountPoints", new JsonArray());
            return List.of(new DatasetEntry(
                    new DatasetId(json.getString("id", "")),
                    json.getString("sharedVolume", ""),
                    json.getString("origin", ""),
                    json.getString("originAddress", ""),
                    IntStream.range(0, points.size())
                            .mapToObj(points::getString)
                            .map(DatasetPath::parse)
                            .toList(),
                    Duration.ofSeconds(json.getLong("refreshSeconds", REFRESH_SECONDS)),
                    prefetch(json),
                    json.getLong("maxBytes")));
        } catch (ClassCastException | InvalidListing wrong) {
            LOG.warn("event=dataset-entry-ignored error=\"{}\"", wrong.getMessage());
            return List.of();
        }
    }

    private static PrefetchRule prefetch(JsonObject json) {
        Map<String, String> selector = new HashMap<>();
        JsonObject labels = json.getJsonObject("prefetchNodeSelector", new JsonObject());
        labels.fieldNames().forEach(key -> selector.put(key, labels.getString(key, "")));
        return new PrefetchRule(json.getBoolean("prefetch", false), selector);
    }
}
