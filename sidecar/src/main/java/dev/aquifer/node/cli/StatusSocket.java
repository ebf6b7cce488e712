package dev.aquifer.node.cli;

import dev.aquifer.node.link.LinkClient;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The socket at which {@code fetch} answers. Where it cannot be used, says what to do. */
record StatusSocket(Path path) {
    /** All that the agent knows of its datasets. */
    JsonObject read() throws IOException {
        if (Files.notExists(path)) {
            throw new IOException(
                    "expected the socket of 'fetch' at %s, found nothing: run this in a container of the node agent, or name the socket by --fetch-socket; in the agent's container 'fetch' is still starting, or has failed: see its log"
                            .formatted(path));
        }
        if (!Files.isWritable(path)) {
            throw new IOException(
                    "expected to be allowed to use %s, found that only its owner is: run this as root".formatted(path));
        }
        return new LinkClient(path).status();
    }
}
