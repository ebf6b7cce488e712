package dev.aquifer.webhook.command.explain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aquifer.webhook.api.WrittenAnswer;
import dev.aquifer.webhook.binding.names.PairName;
import dev.aquifer.webhook.command.explain.PodReport.Container;
import dev.aquifer.webhook.command.explain.PodReport.Place;
import dev.aquifer.webhook.inject.VolumeName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A pod that is there already: what injection gave it when it was created, and the pod without that. */
final class RunningPod {
    /** Where a pod has its containers. */
    static final List<String> CONTAINERS = List.of("/spec/initContainers", "/spec/containers");

    private final JsonNode pod;
    private final WrittenAnswer answer;
    private final Map<String, JsonNode> given = new HashMap<>();

    RunningPod(JsonNode pod) {
        this.pod = pod;
        answer = WrittenAnswer.of(pod);
        for (JsonNode volume : pod.at("/spec/volumes")) {
            if (isGiven(volume)) {
                given.put(volume.path("name").asText(), volume);
            }
        }
    }

    /** What admission wrote into it. */
    WrittenAnswer answer() {
        return answer;
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
    ObjectNode original(OriginalPod.HostPaths hostPaths) {
        return new OriginalPod(answer, hostPaths).of(pod);
    }

    /**
     * Its author's pod with what injection gave this one, and nothing else of it: the API server and other webhooks change
     * pods too.
     */
    ObjectNode givenTo(ObjectNode author) {
        return new GivenPart(pod, answer, given.keySet()).addedTo(author);
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
        String volume = claim.isTextual() ? answer.volumeOf(claim.asText()) : around;
        String access = claim.isTextual() ? (readOnly ? "ReadOnly" : "ReadWrite") : (readOnly ? "Hidden" : "Scratch");
        return new Place(
                mount.path("mountPath").asText(),
                access,
                volume,
                answer.roleIn(volume),
                claim.isTextual() ? Sentences.part(subPath) : Sentences.empty(readOnly),
                claim.isTextual() ? claim.asText() : null,
                subPath);
    }
}
