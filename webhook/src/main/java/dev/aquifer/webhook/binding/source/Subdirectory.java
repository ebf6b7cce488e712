package dev.aquifer.webhook.binding.source;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aquifer.webhook.api.Source;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the subdirectory of a source comes in. A volume's location may lead through it only where the owner named the
 * location himself: whoever writes a claim's data could put a link in the subdirectory's place, and the mount of a node's
 * directory or an export would follow it out of the claim. A {@code subPath} does not.
 */
public final class Subdirectory {
    /** The attributes of CSI drivers that take a directory. */
    private static final Map<String, String> ATTRIBUTES =
            Map.of("nfs.csi.k8s.io", "subDir", CephFsSource.DRIVER, CephFsSource.ROOT_PATH);

    private Subdirectory() {}

    /** Whether the volumes of the source's pairs begin at its subdirectory; where not, pods reach it by subPath. */
    public static boolean inVolume(Source source) {
        return source.nfs() != null
                || source.hostPath() != null
                || source.local() != null
                || source.cephfs() != null
                || (source.csi() != null && ATTRIBUTES.containsKey(source.csi().driver()));
    }

    /** The path with the directory below it. */
    static String below(String path, @Nullable String directory) {
        if (directory == null) {
            return path;
        }
        return path.isEmpty() || path.endsWith("/") ? path + directory : path + "/" + directory;
    }

    /** Leads the attributes of a CSI volume to the directory, where the driver has one for that. */
    static void enter(@Nullable String directory, String driver, ObjectNode attributes) {
        String attribute = ATTRIBUTES.get(driver);
        if (directory != null && attribute != null) {
            attributes.put(attribute, below(attributes.path(attribute).asText(), directory));
        }
    }
}
