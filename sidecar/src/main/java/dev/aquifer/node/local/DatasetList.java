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
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The datasets that are live, as the binder wrote them into mounted ConfigMaps.
 *
 * @param entries one that cannot be read but for its id is there with nothing else, for its dataset is live
 * @param isWhole whether all files were there, as many as the first one says, and each entry's id could be read: only then
 *     is a dataset that is not listed gone
 */
public record DatasetList(Map<DatasetId, DatasetEntry> entries, boolean isWhole) {
    private static final Logger LOG = LoggerFactory.getLogger(DatasetList.class);
    private static final long REFRESH_SECONDS = 600;

    public DatasetList {
        entries = Map.copyOf(entries);
    }

    /**
     * Reads all files {@code datasets-*.json} of the folder. What cannot be read of an entry is left out and logged: one
     * owner's keeps nobody else's dropped dataset on the disk.
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

    /** Empty where not even the id can be read. */
    private static List<DatasetEntry> entry(JsonObject json) {
        DatasetId id;
        try {
            id = new DatasetId(Objects.requireNonNullElse(json.getString("id"), ""));
        } catch (ClassCastException | InvalidListing wrong) {
            LOG.warn("event=dataset-entry-ignored error=\"{}\"", wrong.getMessage());
            return List.of();
        }
        try {
            return List.of(entry(id, json));
        } catch (ClassCastException wrong) {
            LOG.warn("event=dataset-entry-unreadable dataset={} error=\"{}\"", id, wrong.getMessage());
            return List.of(entry(id, new JsonObject()));
        }
    }

    private static DatasetEntry entry(DatasetId id, JsonObject json) {
        JsonArray points = json.getJsonArray("mountPoints", new JsonArray());
        return new DatasetEntry(
                id,
                json.getString("sharedVolume", ""),
                json.getString("origin", ""),
                json.getString("originAddress", ""),
                IntStream.range(0, points.size())
                        .mapToObj(points::getString)
                        .flatMap(point -> mountPoint(id, point))
                        .toList(),
                Duration.ofSeconds(json.getLong("refreshSeconds", REFRESH_SECONDS)),
                prefetch(json),
                json.getLong("maxBytes"));
    }

    /** Nothing for one that no directory can have: what else the entry says counts without it. */
    private static Stream<DatasetPath> mountPoint(DatasetId id, String point) {
        try {
            return Stream.of(DatasetPath.parse(point));
        } catch (InvalidListing wrong) {
            LOG.warn("event=dataset-mount-point-ignored dataset={} error=\"{}\"", id, wrong.getMessage());
            return Stream.of();
        }
    }

    private static PrefetchRule prefetch(JsonObject json) {
        Map<String, String> selector = new HashMap<>();
        JsonObject labels = json.getJsonObject("prefetchNodeSelector", new JsonObject());
        labels.fieldNames().forEach(key -> selector.put(key, labels.getString(key, "")));
        return new PrefetchRule(json.getBoolean("prefetch", false), selector);
    }
}
