package dev.aquifer.webhook.command.explain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aquifer.webhook.binding.PairName;
import dev.aquifer.webhook.command.explain.PodReport.Container;
import dev.aquifer.webhook.command.explain.PodReport.Place;
import dev.aquifer.webhook.command.explain.PodReport.Volume;
import dev.aquifer.webhook.inject.VolumeName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A pod that is there already: what injection gave it when it was created, and the pod without that. */
final class RunningPod {
    private static final String ANSWER = "aquifer.dev/injected";
    private static final List<String> CONTAINERS = List.of("/spec/initContainers", "/spec/containers");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JsonNode pod;
    private final Map<String, JsonNode> given = new HashMap<>();
    private final Map<String, String> volumeOfClaim = new HashMap<>();
    private final Map<String, String> roleOf = new HashMap<>();

    RunningPod(JsonNode pod) {
        this.pod = pod;
        for (JsonNode volume : pod.at("/spec/volumes")) {
            if (isGiven(volume)) {
                given.put(volume.path("name").asText(), volume);
            }
        }
        answer().properties().forEach(volume -> {
            roleOf.put(volume.getKey(), volume.getValue().path("role").asText());
            for (String claim : List.of("binding", "direct")) {
                volumeOfClaim.put(volume.getValue().path(claim).asText(), volume.getKey());
            }
        });
    }

    /** Whether admission has looked at it, as far as the pod says so. */
    boolean isAnswered() {
        return pod.path("metadata").path("annotations").has(ANSWER);
    }

    /** The volumes that it has, by what admission wrote into it; the grants are not in there. */
    List<Volume> volumes() {
        List<Volume> volumes = new ArrayList<>();
        answer().properties().forEach(volume -> {
            if (volume.getValue().has("role")) {
                volumes.add(new Volume(
                        volume.getKey(), volume.getValue().path("role").asText(), List.of()));
            }
        });
        return volumes;
    }

    /** The volumes that it was to have and does not, by their reasons. */
    Map<String, String> skipped() {
        Map<String, String> skipped = new TreeMap<>();
        answer().properties().forEach(volume -> {
            if (volume.getValue().has("skipped")) {
                skipped.put(volume.getKey(), volume.getValue().path("skipped").asText());
            }
        });
        return skipped;
    }

    /** What each container has of shared volumes now. */
    List<Container> now() {
        List<Container> containers = new ArrayList<>();
        for (String kind : CONTAINERS) {
            for (JsonNode container : pod.at(kind)) {
                containers.add(new Container(container.path("name").asText(), places(container)));
            }
        }
        return containers;
    }

    /** Which directories of nodes volumes took the place of. */
    @FunctionalInterface
    interface HostPaths {
        /** That of a volume, {@code owner/name}; null where it replaces none, or nothing is known of it. */
        @Nullable String replacedBy(String volume);
    }

    /**
     * The pod as its author would create it anew. An entry that has the author's own name was there before injection: as the
     * directory of the node that the volume replaces, or as the claim itself.
     */
    ObjectNode original(HostPaths hostPaths) {
        ObjectNode original = pod.deepCopy();
        if (original.at("/metadata/annotations") instanceof ObjectNode annotations) {
            annotations.remove(ANSWER);
        }
        removeOurs(original.at("/spec/volumes"));
        Set<String> restored = restore(original.at("/spec/volumes"), hostPaths);
        for (String kind : CONTAINERS) {
            for (JsonNode container : original.at(kind)) {
                removeOurs(container.path("volumeMounts"));
                restored.forEach(name -> restore(container.path("volumeMounts"), name));
            }
        }
        return original;
    }

    /**
     * Its author's pod with what injection gave this one, and nothing else of it: the API server and other webhooks change
     * pods too.
     */
    ObjectNode givenTo(ObjectNode author) {
        ObjectNode injected = author.deepCopy();
        JsonNode answer = pod.path("metadata").path("annotations").path(ANSWER);
        if (answer.isTextual()) {
            injected.withObjectProperty("metadata")
                    .withObjectProperty("annotations")
                    .set(ANSWER, answer);
        } else if (injected.at("/metadata/annotations") instanceof ObjectNode annotations) {
            annotations.remove(ANSWER);
        }
        Set<String> names = new HashSet<>(given.keySet());
        for (JsonNode volume : pod.at("/spec/volumes")) {
            JsonNode claim = volume.at("/persistentVolumeClaim/claimName");
            if (claim.isTextual() && volumeOfClaim.containsKey(claim.asText())) {
                names.add(volume.path("name").asText());
            }
        }
        bring(injected.path("spec"), pod.path("spec"), "volumes", "name", names);
        for (String kind : CONTAINERS) {
            for (JsonNode container : injected.at(kind)) {
                JsonNode stored = find(pod.at(kind), "name", container.path("name"));
                bring(container, stored, "volumeMounts", "mountPath", names);
            }
        }
        return injected;
    }

    /** Has a list be the stored one, but for the author's own entries, which are as he wrote them, and those of others. */
    private static void bring(JsonNode author, JsonNode stored, String list, String key, Set<String> given) {
        ArrayNode entries = JSON.createArrayNode();
        for (JsonNode entry : stored.path(list)) {
            JsonNode own = find(author.path(list), key, entry.path(key));
            if (given.contains(entry.path("name").asText())) {
                entries.add(entry);
            } else if (!own.isMissingNode()) {
                entries.add(own);
            }
        }
        if (!entries.isEmpty() && author instanceof ObjectNode owner) {
            owner.set(list, entries);
        }
    }

    private static JsonNode find(JsonNode entries, String key, JsonNode value) {
        for (JsonNode entry : entries) {
            if (entry.path(key).equals(value)) {
                return entry;
            }
        }
        return MissingNode.getInstance();
    }

    private static void removeOurs(JsonNode named) {
        for (Iterator<JsonNode> entries = named.iterator(); entries.hasNext(); ) {
            if (VolumeName.isOurs(entries.next().path("name").asText())) {
                entries.remove();
            }
        }
    }

    /** Has entries be what they were, and returns their names. */
    private Set<String> restore(JsonNode volumes, HostPaths hostPaths) {
        Set<String> restored = new HashSet<>();
        for (JsonNode volume : volumes) {
            String claim = volume.at("/persistentVolumeClaim/claimName").asText();
            String hostPath = PairName.isReserved(claim) && volumeOfClaim.containsKey(claim)
                    ? hostPaths.replacedBy(volumeOfClaim.getOrDefault(claim, ""))
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

    private static boolean isGiven(JsonNode volume) {
        return VolumeName.isOurs(volume.path("name").asText())
                || PairName.isReserved(
                        volume.at("/persistentVolumeClaim/claimName").asText());
    }

    private List<Place> places(JsonNode container) {
        List<JsonNode> mounts = new ArrayList<>();
        for (JsonNode mount : container.path("volumeMounts")) {
            if (given.containsKey(mount.path("name").asText())) {
                mounts.add(mount);
            }
        }
        mounts.sort(Comparator.comparing(mount -> mount.path("mountPath").asText()));
        List<Place> places = new ArrayList<>();
        String around = "";
        for (JsonNode mount : mounts) {
            Place place = place(mount, around);
            around = place.volume();
            places.add(place);
        }
        return places;
    }

    /** @param around the volume of the mount before: an empty directory lies in one that has a claim */
    private Place place(JsonNode mount, String around) {
        JsonNode claim = given.getOrDefault(mount.path("name").asText(), mount).at("/persistentVolumeClaim/claimName");
        String subPath = mount.path("subPath").asText();
        boolean readOnly = mount.path("readOnly").asBoolean();
        String volume = claim.isTextual() ? volumeOfClaim.getOrDefault(claim.asText(), "") : around;
        String access = claim.isTextual() ? (readOnly ? "ReadOnly" : "ReadWrite") : (readOnly ? "Hidden" : "Scratch");
        return new Place(
                mount.path("mountPath").asText(),
                access,
                volume,
                roleOf.getOrDefault(volume, ""),
                claim.isTextual() ? Sentences.part(subPath) : Sentences.empty(readOnly),
                claim.isTextual() ? claim.asText() : null,
                subPath);
    }

    private JsonNode answer() {
        try {
            return JSON.readTree(
                    pod.path("metadata").path("annotations").path(ANSWER).asText("{}"));
        } catch (JsonProcessingException e) {
            return JSON.createObjectNode();
        }
    }
}
