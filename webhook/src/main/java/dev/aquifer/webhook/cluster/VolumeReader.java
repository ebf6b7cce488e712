package dev.aquifer.webhook.cluster;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.aquifer.webhook.api.FsGroupEffect;
import dev.aquifer.webhook.api.PairRevisions;
import dev.aquifer.webhook.api.SharedVolumeSpec;
import dev.aquifer.webhook.cluster.VolumeSlot.Unusable;
import dev.aquifer.webhook.cluster.VolumeSlot.Usable;
import dev.aquifer.webhook.entitlement.Catalog;
import dev.aquifer.webhook.entitlement.KnownVolume;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a shared volume from its object. One that cannot be read, written under another version of the API perhaps, is
 * shared with nobody and does not keep the others from being read.
 */
final class VolumeReader {
    private static final Logger LOG = LoggerFactory.getLogger(VolumeReader.class);

    private final ObjectMapper json = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    VolumeSlot read(GenericKubernetesResource object) {
        ObjectMeta metadata = object.getMetadata();
        try {
            SharedVolumeSpec spec =
                    json.convertValue(object.getAdditionalProperties().get("spec"), SharedVolumeSpec.class);
            KnownVolume volume = new KnownVolume(
                    metadata.getNamespace(),
                    metadata.getName(),
                    metadata.getUid(),
                    Objects.requireNonNullElse(metadata.getGeneration(), 0L),
                    Objects.requireNonNull(spec, "spec"),
                    revisions(object),
                    readyPaths(object),
                    fsGroup(object));
            Catalog.of(List.of(volume));
            return new Usable(volume);
        } catch (RuntimeException e) {
            LOG.warn(
                    "ignored unreadable SharedVolume owner={} name={} cause=\"{}\"",
                    metadata.getNamespace(),
                    metadata.getName(),
                    e.getMessage());
            return Unusable.IT;
        }
    }

    /** A status that cannot be read is none: the binder writes it anew. */
    private PairRevisions revisions(GenericKubernetesResource object) {
        try {
            PairRevisions read = json.convertValue(status(object, "revisions"), PairRevisions.class);
            return read == null ? PairRevisions.NONE : read;
        } catch (IllegalArgumentException e) {
            return PairRevisions.NONE;
        }
    }

    private Set<String> readyPaths(GenericKubernetesResource object) {
        Set<String> ready = new HashSet<>();
        status(object, "readyPaths").forEach(path -> ready.add(path.asText()));
        return ready;
    }

    /** What this version does not know of is not known. */
    private @Nullable FsGroupEffect fsGroup(GenericKubernetesResource object) {
        String effect = status(object, "fsGroup").asText();
        for (FsGroupEffect known : FsGroupEffect.values()) {
            if (known.name().equals(effect)) {
                return known;
            }
        }
        return null;
    }

    private JsonNode status(GenericKubernetesResource object, String member) {
        return json.valueToTree(object.getAdditionalProperties().get("status")).path(member);
    }

    static GenericKubernetesResource stub(String key) {
        int slash = key.indexOf('/');
        GenericKubernetesResource stub = new GenericKubernetesResource();
        stub.setMetadata(new ObjectMetaBuilder()
                .withNamespace(key.substring(0, slash))
                .withName(key.substring(slash + 1))
                .build());
        return stub;
    }
}
