package dev.aquifer.webhook.binder;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.aquifer.webhook.api.PairRevisions;
import dev.aquifer.webhook.api.SharedVolumeSpec;
import dev.aquifer.webhook.api.SharedVolumeStatus;
import dev.aquifer.webhook.entitlement.KnownVolume;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads SharedVolumes. One whose specification cannot be read is there all the same, so that its pairs stay. */
final class SharedReader {
    private static final Logger LOG = LoggerFactory.getLogger(SharedReader.class);
    private final JsonMapper json = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    private final SharedVolumeStatus noStatus =
            json.convertValue(JsonNodeFactory.instance.objectNode(), SharedVolumeStatus.class);

    Versioned<Shared> read(GenericKubernetesResource object) {
        ObjectMeta metadata = object.getMetadata();
        SharedVolumeStatus status = status(object);
        return new Versioned<>(
                metadata.getResourceVersion(),
                new Shared(
                        metadata.getNamespace(),
                        metadata.getName(),
                        metadata.getUid(),
                        generation(metadata),
                        metadata.getDeletionTimestamp() != null,
                        metadata.getFinalizers(),
                        volume(object, status),
                        status));
    }

    private @Nullable KnownVolume volume(GenericKubernetesResource object, SharedVolumeStatus status) {
        ObjectMeta metadata = object.getMetadata();
        try {
            SharedVolumeSpec spec =
                    json.convertValue(object.getAdditionalProperties().get("spec"), SharedVolumeSpec.class);
            return new KnownVolume(
                    metadata.getNamespace(),
                    metadata.getName(),
                    metadata.getUid(),
                    generation(metadata),
                    Objects.requireNonNull(spec, "spec"),
                    Objects.requireNonNullElse(status.revisions(), PairRevisions.NONE),
                    Set.copyOf(Objects.requireNonNullElse(status.readyPaths(), List.of())),
                    status.fsGroup());
        } catch (RuntimeException e) {
            LOG.warn(
                    "left unreadable SharedVolume as it is owner={} name={} cause=\"{}\"",
                    metadata.getNamespace(),
                    metadata.getName(),
                    e.getMessage());
            return null;
        }
    }

    /** A status that cannot be read is none: it is written anew. */
    private SharedVolumeStatus status(GenericKubernetesResource object) {
        JsonNode status = json.valueToTree(object.getAdditionalProperties().get("status"));
        try {
            return Objects.requireNonNullElse(json.convertValue(status, SharedVolumeStatus.class), noStatus);
        } catch (IllegalArgumentException e) {
            return noStatus;
        }
    }

    private static long generation(ObjectMeta metadata) {
        return Objects.requireNonNullElse(metadata.getGeneration(), 0L);
    }
}
