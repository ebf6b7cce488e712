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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
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
        Map<DatasetId, DatasetEntry> entries = new HashMap<>();
        Set<String> found = new HashSet<>();
        int expected = Integer.MAX_VALUE;
        int listed = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "datasets-*.json")) {
            for (Path file : files) {
                JsonObject content = parse(Files.readString(file));
                if (content != null) {
                    found.add(file.getFileName().toString());
                    expected = Math.min(expected, count(content));
                    JsonArray all = content.getJsonArray("datasets", new JsonArray());
                    listed += all.size();
                    entries(all).forEach(entry -> entries.put(entry.id(), entry));
                }
            }
        } catch (NoSuchFileException | NotDirectoryException missing) {
            return new DatasetList(Map.of(), false);
        } catch (ClassCastException wrong) {
            throw new IOException("expected a JSON object with a list 'datasets', found something else", wrong);
        }
        return new DatasetList(entries, listed == entries.size() && isThere(expected, found));
    }

    private static boolean isThere(int expected, Set<String> found) {
        return expected <= found.size()
                && IntStream.range(0, expected)
                        .mapToObj("datasets-%d.json"::formatted)
                        .allMatch(found::contains);
    }

    /** Null if there is nothing in the file. */
    private static @Nullable JsonObject parse(String text) throws IOException {
        try {
            return text.isBlank() ? null : new JsonObject(text);
        } catch (DecodeException wrong) {
            throw new IOException("expected a JSON object with a list 'datasets', found something else", wrong);
        }
    }

    /** How many files there are; the first one says it. */
    private static int count(JsonObject content) {
        return content.getInteger("files", Integer.MAX_VALUE);
    }

    private static List<DatasetEntry> entries(JsonArray all) {
        return IntStream.range(0, all.size())
                .mapToObj(all::getJsonObject)
                .flatMap(json -> entry(json).stream())
                .toList();
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
