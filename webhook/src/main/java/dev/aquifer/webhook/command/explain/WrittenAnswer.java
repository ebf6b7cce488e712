package dev.aquifer.webhook.command.explain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.aquifer.webhook.api.PodAnnotations;
import dev.aquifer.webhook.command.explain.PodReport.Volume;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What admission wrote into a pod: the volumes it gave, in which role, through which claims, and those it left out. */
final class WrittenAnswer {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JsonNode text;
    private final JsonNode volumes;
    private final Map<String, String> volumeOfClaim = new HashMap<>();

    private WrittenAnswer(JsonNode text) {
        this.text = text;
        volumes = parsed(text);
        volumes.properties().forEach(volume -> {
            for (String claim : List.of("binding", "direct")) {
                volumeOfClaim.put(volume.getValue().path(claim).asText(), volume.getKey());
            }
        });
    }

    static WrittenAnswer of(JsonNode pod) {
        return new WrittenAnswer(pod.path("metadata").path("annotations").path(PodAnnotations.INJECTED));
    }

    /** Whether admission has looked at the pod, as far as the pod says so. */
    boolean isThere() {
        return !text.isMissingNode();
    }

    /** The annotation's value as it is written, missing without one. */
    JsonNode text() {
        return text;
    }

    /** The volumes that the pod has; the grants are not in there. */
    List<Volume> volumes() {
        List<Volume> given = new ArrayList<>();
        volumes.properties().forEach(volume -> {
            if (volume.getValue().has("role")) {
                given.add(new Volume(volume.getKey(), roleIn(volume.getKey()), List.of()));
            }
        });
        return given;
    }

    /** The volumes that the pod was to have and does not, by their reasons. */
    Map<String, String> skipped() {
        Map<String, String> skipped = new TreeMap<>();
        volumes.properties().forEach(volume -> {
            if (volume.getValue().has("skipped")) {
                skipped.put(volume.getKey(), volume.getValue().path("skipped").asText());
            }
        });
        return skipped;
    }

    /** The role in a volume, {@code owner/name}; empty where the pod has none. */
    String roleIn(String volume) {
        return volumes.path(volume).path("role").asText();
    }

    boolean gave(String claim) {
        return volumeOfClaim.containsKey(claim);
    }

    /** The volume, {@code owner/name}, that a claim belongs to; empty where admission gave no such claim. */
    String volumeOf(String claim) {
        return volumeOfClaim.getOrDefault(claim, "");
    }

    private static JsonNode parsed(JsonNode text) {
        try {
            return JSON.readTree(text.asText("{}"));
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }
}
