package dev.aquifer.node.origin.serve;

import dev.aquifer.node.dataset.DatasetPath;
import dev.aquifer.node.dataset.InvalidListing;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directories that pods mount other volumes on, as the binder wrote them: a JSON array in a mounted ConfigMap. Nodes get
 * them with the first snapshot, long before kubelet brings them the list of datasets.
 */
public record MountPointsFile(Path file) {
    private static final Logger LOG = LoggerFactory.getLogger(MountPointsFile.class);

    /** As they are now; none where they cannot be read. */
    List<DatasetPath> read() {
        try {
            JsonArray paths = new JsonArray(Files.readString(file));
            return IntStream.range(0, paths.size())
                    .mapToObj(paths::getString)
                    .map(DatasetPath::parse)
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException | DecodeException | ClassCastException | InvalidListing e) {
            LOG.warn("event=mount-points-not-read file={} error=\"{}\"", file, e.getMessage());
            return List.of();
        }
    }
}
