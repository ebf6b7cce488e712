package dev.aquifer.webhook.binding.source;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * Where the subdirectory of a source comes in. A volume's location may lead through it only where the owner named the
 * location himself: whoever writes a claim's data could put a link in the subdirectory's place, and the mount of a node's
 * directory or an export would follow it out of the claim. A {@code subPath} does not.
 */
final class Subdirectory {
    private Subdirectory() {}

    /** The path with the directory below it. */
    static String below(String path, @Nullable String directory) {
        if (directory == null) {
            return path;
        }
        return path.isEmpty() || path.endsWith("/") ? path + directory : path + "/" + directory;
    }

    /** Leads the attributes of a CSI volume to the directory, where the driver has one for that. */
    static void enter(@Nullable String directory, @Nullable String attribute, ObjectNode attributes) {
        if (directory != null && attribute != null) {
            attributes.put(attribute, below(attributes.path(attribute).asText(), directory));
        }
    }
}
