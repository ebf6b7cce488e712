package dev.aquifer.webhook.entitlement;

import dev.aquifer.webhook.api.FileEffects;
import dev.aquifer.webhook.api.PairRevisions;
import dev.aquifer.webhook.api.SharedVolumeSpec;
import dev.aquifer.webhook.api.Withheld;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A SharedVolume as entitlement and injection see it: who owns it and what its specification says.
 *
 * @param generation the generation of the specification (metadata.generation)
 * @param revisions the revisions that the names of its pairs are made of, from its status
 * @param readyPaths the directories of its roles that are known to be there, from its status
 * @param effects what becomes of the source's files when a pod writes, from its status
 * @param withheld the modes in which no namespace gets it, from its status
 */
public record KnownVolume(
        String owner,
        String name,
        String uid,
        long generation,
        SharedVolumeSpec spec,
        PairRevisions revisions,
        Set<String> readyPaths,
        FileEffects effects,
        List<Withheld> withheld) {
    public KnownVolume {
        readyPaths = Set.copyOf(readyPaths);
        withheld = List.copyOf(withheld);
        Objects.requireNonNull(spec.source(), "spec.source");
        Objects.requireNonNull(spec.mountPath(), "spec.mountPath");
        Objects.requireNonNull(spec.roles(), "spec.roles");
    }

    /** A volume of which nothing is known but what its owner wrote. */
    public KnownVolume(String owner, String name, String uid, long generation, SharedVolumeSpec spec) {
        this(owner, name, uid, generation, spec, PairRevisions.NONE, Set.of(), FileEffects.UNKNOWN, List.of());
    }

    /** {@code owner/name}: what a pod's annotation can call it from any namespace. */
    public String key() {
        return owner + "/" + name;
    }
}
