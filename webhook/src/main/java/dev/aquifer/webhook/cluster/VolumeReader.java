package dev.aquifer.webhook.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aquifer.webhook.api.FsGroupEffect;
import dev.aquifer.webhook.api.PairRevisions;
import dev.aquifer.webhook.cluster.VolumeSlot.Unusable;
import dev.aquifer.webhook.cluster.VolumeSlot.Usable;
import dev.aquifer.webhook.entitlement.Catalog;
import dev.aquifer.webhook.entitlement.KnownVolume;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.HashSet;
import java.util.List;
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

    private final SpecReader reader;

    VolumeReader(Served served) {
        reader = new SpecReader(served);
    }

    VolumeSlot read(GenericKubernetesResource object) {
        try {
            JsonNode status = reader.status(object);
            KnownVolume volume = reader.volume(object, revisions(status), readyPaths(status), fsGroup(status));
            Catalog.of(List.of(volume));
            return new Usable(volume);
        } catch (RuntimeException e) {
            LOG.warn(
                    "ignored unreadable SharedVolume owner={} name={} cause=\"{}\"",
                    object.getMetadata().getNamespace(),
                    object.getMetadata().getName(),
                    e.getMessage());
            return Unusable.IT;
        }
    }

    /** A status that cannot be read is none: the binder writes it anew. */
    private PairRevisions revisions(JsonNode status) {
        return reader.orElse(status.path("revisions"), PairRevisions.class, PairRevisions.NONE);
    }

    private static Set<String> readyPaths(JsonNode status) {
        Set<String> ready = new HashSet<>();
        status.path("readyPaths").forEach(path -> ready.add(path.asText()));
        return ready;
    }

    /** What this version does not know of is not known. */
    private static @Nullable FsGroupEffect fsGroup(JsonNode status) {
        String effect = status.path("fsGroup").asText();
        for (FsGroupEffect known : FsGroupEffect.values()) {
            if (known.name().equals(effect)) {
                return known;
            }
        }
        return null;
    }
}
