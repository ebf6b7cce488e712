package dev.aquifer.webhook.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What admission wrote into a pod ({@link PodAnnotations#INJECTED}): the volumes that it gave, in which role, through which
 * claims, and those it left out. Whoever may change the pod may have changed it: what cannot be read says nothing.
 */
public final class WrittenAnswer {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final List<String> CLAIMS = List.of("binding", "direct");

    private final JsonNode text;
    private final Map<String, Given> given = new LinkedHashMap<>();
    private final Map<String, String> skipped = new TreeMap<>();

    private WrittenAnswer(JsonNode text) {
        this.text = text;
        parsed(text).properties().forEach(volume -> read(volume.getKey(), volume.getValue()));
    }

    /**
     * Reads the annotation of a pod.
     *
     * @param pod the whole, or nothing of it but its metadata
     */
    public static WrittenAnswer of(JsonNode pod) {
        return new WrittenAnswer(pod.path("metadata").path("annotations").path(PodAnnotations.INJECTED));
    }

    /**
     * A volume that the pod has.
     *
     * @param claims through which it has the volume; none where it sees nothing of the source
     * @param revision of the volume's specification that it was given; null where that is not said
     */
    public record Given(
            String role, List<String> claims, @Nullable Long revision) {
        public Given {
            claims = List.copyOf(claims);
        }
    }

    /** Whether admission has looked at the pod, as far as the pod says so. */
    public boolean isThere() {
        return !text.isMissingNode();
    }

    /** The annotation's value as it is written, missing without one. */
    public JsonNode text() {
        return text;
    }

    /** The volumes that the pod has, by their {@code owner/name}, in the order they are written. */
    public Map<String, Given> given() {
        return Collections.unmodifiableMap(given);
    }

    /** The volumes that the pod was to have and does not, by their {@code owner/name}, with their reasons. */
    public Map<String, String> skipped() {
        return Collections.unmodifiableMap(skipped);
    }

    /** The role in a volume, {@code owner/name}; empty where the pod has none. */
    public String roleIn(String volume) {
        Given one = given.get(volume);
        return one == null ? "" : one.role();
    }

    public boolean gave(String claim) {
        return !volumeOf(claim).isEmpty();
    }

    /** The volume, {@code owner/name}, that a claim belongs to; empty where admission gave no such claim. */
    public String volumeOf(String claim) {
        return given.entrySet().stream()
                .filter(volume -> volume.getValue().claims().contains(claim))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("");
    }

    private void read(String volume, JsonNode entry) {
        if (entry.has("skipped")) {
            skipped.put(volume, entry.path("skipped").asText());
        }
        if (entry.has("role")) {
            List<String> claims = new ArrayList<>();
            for (String claim : CLAIMS) {
                if (entry.has(claim)) {
                    claims.add(entry.path(claim).asText());
                }
            }
            JsonNode revision = entry.path("revision");
            given.put(
                    volume,
                    new Given(entry.path("role").asText(), claims, revision.isNumber() ? revision.asLong() : null));
        }
    }

    private static JsonNode parsed(JsonNode text) {
        try {
            return JSON.readTree(text.asText("{}"));
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }
}
