package dev.aquifer.webhook.binding.objects;

import java.util.Collection;
import java.util.List;

/** The PersistentVolumes and claims whose labels name one SharedVolume's UID. */
public record ExistingPairs(Collection<ExistingVolume> volumes, Collection<ExistingClaim> claims) {
    public static final ExistingPairs NONE = new ExistingPairs(List.of(), List.of());

    public ExistingPairs {
        volumes = List.copyOf(volumes);
        claims = List.copyOf(claims);
    }

    public boolean isEmpty() {
        return volumes.isEmpty() && claims.isEmpty();
    }
}
