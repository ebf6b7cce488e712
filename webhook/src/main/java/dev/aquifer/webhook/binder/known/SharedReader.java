package dev.aquifer.webhook.binder.known;

import dev.aquifer.webhook.api.PairRevisions;
import dev.aquifer.webhook.api.SharedVolumeStatus;
import dev.aquifer.webhook.binding.plan.RevokePolicy;
import dev.aquifer.webhook.cluster.Served;
import dev.aquifer.webhook.cluster.SpecReader;
import dev.aquifer.webhook.entitlement.KnownVolume;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads SharedVolumes. One whose specification cannot be read is there all the same, so that its pairs stay. */
final class SharedReader {
    private static final Logger LOG = LoggerFactory.getLogger(SharedReader.class);

    private final SpecReader reader;

    SharedReader(Served served) {
        reader = new SpecReader(served);
    }

    Versioned<Shared> read(GenericKubernetesResource object) {
        ObjectMeta metadata = object.getMetadata();
        // one that cannot be read is none: it is written anew
        SharedVolumeStatus status =
                reader.orElse(reader.status(object), SharedVolumeStatus.class, SharedVolumeStatus.NONE);
        KnownVolume volume = volume(object, status);
        return new Versioned<>(
                metadata.getResourceVersion(),
                new Shared(
                        metadata.getNamespace(),
                        metadata.getName(),
                        metadata.getUid(),
                        SpecReader.generation(metadata),
                        metadata.getDeletionTimestamp() != null,
                        metadata.getFinalizers(),
                        volume == null
                                ? RevokePolicy.read(Kinds.json(object).path("spec"))
                                : RevokePolicy.of(volume.spec()),
                        volume,
                        status));
    }

    private @Nullable KnownVolume volume(GenericKubernetesResource object, SharedVolumeStatus status) {
        try {
            return reader.volume(
                    object,
                    Objects.requireNonNullElse(status.revisions(), PairRevisions.NONE),
                    status.effects(),
                    Objects.requireNonNullElse(status.withheld(), List.of()));
        } catch (RuntimeException e) {
            LOG.warn(
                    "left unreadable SharedVolume as it is owner={} name={} cause=\"{}\"",
                    object.getMetadata().getNamespace(),
                    object.getMetadata().getName(),
                    e.getMessage());
            return null;
        }
    }
}
