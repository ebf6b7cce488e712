package dev.aquifer.webhook.cluster;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.aquifer.webhook.api.FileEffects;
import dev.aquifer.webhook.api.PairRevisions;
import dev.aquifer.webhook.api.SharedVolumeSpec;
import dev.aquifer.webhook.api.Withheld;
import dev.aquifer.webhook.entitlement.KnownVolume;
import dev.aquifer.webhook.paths.PathsPlace;
import dev.aquifer.webhook.paths.RequiredPaths;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads a SharedVolume's identity and specification. How much of its status is needed, and what is made of one that
 * cannot be read, is the caller's. Members that only a newer definition has are passed over.
 */
public final class SpecReader {
    // annotations of these records are for their definition and say nothing of reading; to look at them takes its time
    private final JsonMapper json = JsonMapper.builder()
            .disable(MapperFeature.USE_ANNOTATIONS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final Served served;

    /** @param served of the grants only those are read that can be served */
    public SpecReader(Served served) {
        this.served = served;
    }

    /**
     * The volume, with what the caller has read of its status.
     *
     * @throws RuntimeException if its specification is not there or cannot be read
     */
    public KnownVolume volume(
            GenericKubernetesResource object, PairRevisions revisions, FileEffects effects, List<Withheld> withheld) {
        ObjectMeta metadata = object.getMetadata();
        SharedVolumeSpec spec =
                json.convertValue(object.getAdditionalProperties().get("spec"), SharedVolumeSpec.class);
        long generation = generation(metadata);
        SharedVolumeSpec seen = served.seen(metadata.getNamespace(), Objects.requireNonNull(spec, "spec"));
        return new KnownVolume(
                metadata.getNamespace(),
                metadata.getName(),
                metadata.getUid(),
                generation,
                seen,
                revisions,
                readyPaths(seen, status(object), generation),
                effects,
                withheld);
    }

    /** A version that looked for no subdirectory did not write where it found the others. */
    private static Set<String> readyPaths(SharedVolumeSpec spec, JsonNode status, long generation) {
        JsonNode place = status.path("readyIn");
        if (!place.isTextual()) {
            return saysPresent(status, generation) ? RequiredPaths.names(spec) : Set.of();
        }
        Set<String> ready =
                status.path("readyPaths").valueStream().map(JsonNode::asText).collect(Collectors.toSet());
        return PathsPlace.stillReady(spec, ready, place.asText());
    }

    private static boolean saysPresent(JsonNode status, long generation) {
        return status.path("conditions")
                .valueStream()
                .anyMatch(condition -> condition.path("type").asText().equals("PathsReady")
                        && condition.path("status").asText().equals("True")
                        && condition.path("observedGeneration").asLong() == generation);
    }

    /** The status as it stands; a null node without. */
    public JsonNode status(GenericKubernetesResource object) {
        return json.valueToTree(object.getAdditionalProperties().get("status"));
    }

    /** The tree as this type, or the other value where there is none or it does not fit. */
    public <T> T orElse(JsonNode tree, Class<T> type, T other) {
        try {
            return Objects.requireNonNullElse(json.convertValue(tree, type), other);
        } catch (IllegalArgumentException e) {
            return other;
        }
    }

    /** The generation of the specification; 0 of an object that has none. */
    public static long generation(ObjectMeta metadata) {
        return Objects.requireNonNullElse(metadata.getGeneration(), 0L);
    }
}
