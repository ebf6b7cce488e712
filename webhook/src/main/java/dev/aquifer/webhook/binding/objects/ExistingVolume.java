package dev.aquifer.webhook.binding.objects;

import dev.aquifer.webhook.binding.names.PairLabels;
import dev.aquifer.webhook.binding.source.SourceLocation;
import org.jspecify.annotations.Nullable;

/**
 * A PersistentVolume under a name that only the binder gives, cut to what plans compare. {@link PairReader} reads it.
 *
 * @param phase {@code Pending}, {@code Available}, {@code Bound}, {@code Released} or {@code Failed}
 * @param deleting whether its deletion was requested
 * @param labels null when they are not those of a pair
 * @param statedSource the hash that its annotation gives of what nobody may change in it; null without
 * @param foundSource the same hash, of what is found in it
 * @param settings what may be changed in it and is the binder's
 * @param eviction since when its pods are asked to leave, as it is noted in it; null where it is not
 * @param location where its data lies, comparable with {@link SourceLocation} of other volumes
 * @param handle driver and volumeHandle as {@link ClusterFacts#handleOwners} takes them; null for other types
 */
public record ExistingVolume(
        String name,
        String uid,
        String phase,
        @Nullable ClaimRef claimRef,
        boolean deleting,
        @Nullable PairLabels labels,
        @Nullable String statedSource,
        String foundSource,
        VolumeSettings settings,
        @Nullable Eviction eviction,
        String location,
        @Nullable String handle) {

    /** Whether what nobody may change in it is what it should be. */
    public boolean hasSource(String hash) {
        return hash.equals(statedSource) || hash.equals(foundSource);
    }

    /** Whether its data stays when it goes. */
    public boolean isRetained() {
        return settings.reclaimPolicy().equals(VolumeSettings.RETAIN);
    }

    public boolean isBoundTo(ExistingClaim claim) {
        return claimRef != null
                && claim.uid().equals(claimRef.uid())
                && claim.name().equals(claimRef.name())
                && claim.namespace().equals(claimRef.namespace());
    }
}
