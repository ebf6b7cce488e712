package dev.aquifer.webhook.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aquifer.webhook.api.FileEffects;
import dev.aquifer.webhook.api.FsGroupEffect;
import dev.aquifer.webhook.api.PairRevisions;
import dev.aquifer.webhook.api.SeLinuxEffect;
import dev.aquifer.webhook.api.Withheld;
import dev.aquifer.webhook.cluster.VolumeSlot.Unusable;
import dev.aquifer.webhook.cluster.VolumeSlot.Usable;
import dev.aquifer.webhook.entitlement.Catalog;
import dev.aquifer.webhook.entitlement.KnownVolume;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a shared volume from its object. One that cannot be read, written under another version of the API perhaps, is
 * shared with nobody and does not keep the others from being read; nor is one shared that is being deleted.
 */
final class VolumeReader {
    private static final Logger LOG = LoggerFactory.getLogger(VolumeReader.class);

    private static final Withheld[] NONE_WITHHELD = {};

    private final SpecReader reader;

    VolumeReader(Served served) {
        reader = new SpecReader(served);
    }

    VolumeSlot read(GenericKubernetesResource object) {
        if (object.getMetadata().getDeletionTimestamp() != null) {
            return Unusable.DELETED;
        }
        try {
            JsonNode status = reader.status(object);
            KnownVolume volume = reader.volume(object, revisions(status), effects(status), withheld(status));
            Catalog.of(List.of(volume));
            return new Usable(volume);
        } catch (RuntimeException e) {
            LOG.warn(
                    "ignored unreadable SharedVolume owner={} name={} cause=\"{}\"",
                    object.getMetadata().getNamespace(),
                    object.getMetadata().getName(),
                    e.getMessage());
            return Unusable.UNREADABLE;
        }
    }

    /** A status that cannot be read is none: the binder writes it anew. */
    private PairRevisions revisions(JsonNode status) {
        return reader.orElse(status.path("revisions"), PairRevisions.class, PairRevisions.NONE);
    }

    private List<Withheld> withheld(JsonNode status) {
        return List.of(reader.orElse(status.path("withheld"), Withheld[].class, NONE_WITHHELD));
    }

    /** What this version does not know of is not known. */
    private static FileEffects effects(JsonNode status) {
        return new FileEffects(
                known(FsGroupEffect.values(), status.path("fsGroup")),
                known(SeLinuxEffect.values(), status.path("seLinux")));
    }

    private static <E extends Enum<E>> @Nullable E known(E[] values, JsonNode text) {
        for (E value : values) {
            if (value.name().equals(text.asText())) {
                return value;
            }
        }
        return null;
    }
}
