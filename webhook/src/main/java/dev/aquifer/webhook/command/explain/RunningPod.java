package dev.aquifer.webhook.command.explain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aquifer.webhook.binding.PairName;
import dev.aquifer.webhook.command.explain.PodReport.Container;
import dev.aquifer.webhook.command.explain.PodReport.Place;
import dev.aquifer.webhook.inject.VolumeName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

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

    /** The pod as its author would create it anew. */
    ObjectNode original() {
        ObjectNode original = pod.deepCopy();
        if (original.at("/metadata/annotations") instanceof ObjectNode annotations) {
            annotations.remove(ANSWER);
        }
        remove(original.at("/spec/volumes"));
        for (String kind : CONTAINERS) {
            original.at(kind).forEach(container -> remove(container.path("volumeMounts")));
        }
        return original;
    }

    private void remove(JsonNode named) {
        for (Iterator<JsonNode> entries = named.iterator(); entries.hasNext(); ) {
            if (given.containsKey(entries.next().path("name").asText())) {
                entries.remove();
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
                subPath.isEmpty() ? "" : "its " + subPath,
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
