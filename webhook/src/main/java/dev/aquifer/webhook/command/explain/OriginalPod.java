package dev.aquifer.webhook.command.explain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aquifer.webhook.api.PodAnnotations;
import dev.aquifer.webhook.api.WrittenAnswer;
import dev.aquifer.webhook.binding.names.PairName;
import dev.aquifer.webhook.inject.VolumeName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A stored pod without what injection gave it. An entry that has the author's own name was there before injection: as the
 * directory of the node that the volume replaces, or as the claim itself.
 */
final class OriginalPod {
    private final WrittenAnswer answer;
    private final HostPaths hostPaths;

    OriginalPod(WrittenAnswer answer, HostPaths hostPaths) {
        this.answer = answer;
        this.hostPaths = hostPaths;
    }

    /** Which directories of nodes volumes took the place of. */
    @FunctionalInterface
    interface HostPaths {
        /** That of a volume, {@code owner/name}; null where it replaces none, or nothing is known of it. */
        @Nullable String replacedBy(String volume);
    }

    ObjectNode of(JsonNode pod) {
        ObjectNode original = pod.deepCopy();
        if (original.at("/metadata/annotations") instanceof ObjectNode annotations) {
            annotations.remove(PodAnnotations.INJECTED);
        }
        removeOurs(original.at("/spec/volumes"));
        Set<String> restored = restore(original.at("/spec/volumes"));
        for (String kind : RunningPod.CONTAINERS) {
            for (JsonNode container : original.at(kind)) {
                removeOurs(container.path("volumeMounts"));
                restored.forEach(name -> restore(container.path("volumeMounts"), name));
            }
        }
        return original;
    }

    private static void removeOurs(JsonNode named) {
        for (Iterator<JsonNode> entries = named.iterator(); entries.hasNext(); ) {
            if (VolumeName.isOurs(entries.next().path("name").asText())) {
                entries.remove();
            }
        }
    }

    /** Has entries be what they were, and returns their names. */
    private Set<String> restore(JsonNode volumes) {
        Set<String> restored = new HashSet<>();
        for (JsonNode volume : volumes) {
            String claim = volume.at("/persistentVolumeClaim/claimName").asText();
            String hostPath = PairName.isReserved(claim) && answer.gave(claim)
                    ? hostPaths.replacedBy(answer.volumeOf(claim))
                    : null;
            if (hostPath != null && volume instanceof ObjectNode entry) {
                entry.remove("persistentVolumeClaim");
                entry.putObject("hostPath").put("path", hostPath);
                restored.add(entry.path("name").asText());
            }
        }
        return restored;
    }

    /** Leaves of the mounts of an entry the topmost, whole: those below show paths of a role. */
    private static void restore(JsonNode mounts, String name) {
        List<String> paths = new ArrayList<>();
        for (JsonNode mount : mounts) {
            if (mount.path("name").asText().equals(name)) {
                paths.add(mount.path("mountPath").asText());
            }
        }
        for (Iterator<JsonNode> entries = mounts.iterator(); entries.hasNext(); ) {
            JsonNode mount = entries.next();
            String path = mount.path("mountPath").asText();
            if (!mount.path("name").asText().equals(name)) {
                continue;
            }
            if (paths.stream().anyMatch(above -> path.startsWith(above + "/"))) {
                entries.remove();
            } else if (mount instanceof ObjectNode topmost) {
                topmost.remove("subPath");
            }
        }
    }
}
