package dev.aquifer.webhook.command.lookup;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aquifer.webhook.api.FileEffects;
import dev.aquifer.webhook.api.PairRevisions;
import dev.aquifer.webhook.cluster.Served;
import dev.aquifer.webhook.cluster.SpecReader;
import dev.aquifer.webhook.entitlement.KnownVolume;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What commands expect of the SharedVolume that they were told. */
public final class SharedVolumes {
    private static final SpecReader READER = new SpecReader(Served.ALL);

    private SharedVolumes() {}

    /**
     * The volume itself.
     *
     * @param key {@code owner/name}
     * @throws IllegalArgumentException when there is none
     */
    public static JsonNode expect(String key, @Nullable JsonNode found) {
        if (found == null) {
            throw new IllegalArgumentException(
                    "expected SharedVolume %s, found none; check the name and --namespace".formatted(key));
        }
        return found;
    }

    /**
     * Goes on with a cached volume only.
     *
     * @throws IllegalArgumentException when nodes keep nothing of it
     */
    public static void expectCached(String key, JsonNode volume) {
        if (!isCached(volume)) {
            throw new IllegalArgumentException(
                    "expected SharedVolume %s to have readPath: Cached, found Direct: nodes keep nothing of it"
                            .formatted(key));
        }
    }

    /** As a client has it. Only what admission looks at is taken over: to fill a client's models by reflection takes long. */
    public static GenericKubernetesResource resource(JsonNode object) {
        JsonNode metadata = object.path("metadata");
        GenericKubernetesResource volume = new GenericKubernetesResource();
        volume.setMetadata(new ObjectMetaBuilder()
                .withNamespace(metadata.path("namespace").asText())
                .withName(metadata.path("name").asText())
                .withUid(metadata.path("uid").asText())
                .withGeneration(metadata.path("generation").asLong())
                .withDeletionTimestamp(metadata.path("deletionTimestamp").textValue())
                .build());
        volume.setAdditionalProperty("spec", object.get("spec"));
        volume.setAdditionalProperty("status", object.get("status"));
        return volume;
    }

    /** What its owner wrote, with no more of its status than the directories that are there; null where that cannot be read. */
    public static @Nullable KnownVolume known(JsonNode volume) {
        try {
            return READER.volume(resource(volume), PairRevisions.NONE, FileEffects.UNKNOWN, List.of());
        } catch (RuntimeException unreadable) {
            return null;
        }
    }

    /** Whether nodes keep it. */
    public static boolean isCached(JsonNode volume) {
        return volume.at("/spec/readPath").asText().equals("Cached");
    }
}
