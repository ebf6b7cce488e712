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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The datasets that are live, as the binder wrote them into a mounted ConfigMap. */
public final class DatasetList {
    private static final Logger LOG = LoggerFactory.getLogger(DatasetList.class);
    private static final long REFRESH_SECONDS = 600;

    private DatasetList() {}

    /**
     * Reads all files {@code datasets-*.json} of the folder. An entry that cannot be read is left out and logged.
     *
     * @return empty where there is no folder or no file
     */
    public static Map<DatasetId, DatasetEntry> read(Path folder) throws IOException {
        Map<DatasetId, DatasetEntry> entries = new HashMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "datasets-*.json")) {
            for (Path file : files) {
                parse(Files.readString(file)).forEach(entry -> entries.put(entry.id(), entry));
            }
        } catch (NoSuchFileException | NotDirectoryException missing) {
            return Map.of();
        }
        return entries;
    }

    /**
     * Reads one file.
     *
     * @throws IOException if it is not JSON
     */
    static List<DatasetEntry> parse(String text) throws IOException {
        if (text.isBlank()) {
            return List.of();
        }
        try {
            JsonArray array = new JsonObject(text).getJsonArray("datasets", new JsonArray());
            return IntStream.range(0, array.size())
                    .mapToObj(array::getJsonObject)
                    .flatMap(json -> entry(json).stream())
                    .toList();
        } catch (DecodeException | ClassCastException wrong) {
            throw new IOException("expected a JSON object with a list 'datasets', found something else", wrong);
        }
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
