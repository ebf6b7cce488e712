package dev.aquifer.webhook.binding.plan;

import dev.aquifer.webhook.api.ReadPath;
import dev.aquifer.webhook.binding.names.PairName;
import dev.aquifer.webhook.binding.objects.UsedClaim;
import dev.aquifer.webhook.binding.resolve.SourceRefusals;
import dev.aquifer.webhook.binding.source.ResolvedSource.Unready;
import dev.aquifer.webhook.binding.source.SourceClaim;
import dev.aquifer.webhook.binding.source.SourceReason;
import dev.aquifer.webhook.entitlement.KnownVolume;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the status of a shared volume says whose pods use one claim as it is. */
final class ClaimStatus {
    private final KnownVolume volume;
    private final @Nullable UsedClaim used;
    private final @Nullable SourceClaim found;
    private final boolean wanted;

    /**
     * Looks at one claim.
     *
     * @param used null when the source has none
     * @param found null when it is not there
     * @param wanted whether its namespace is granted a role
     */
    ClaimStatus(KnownVolume volume, @Nullable UsedClaim used, @Nullable SourceClaim found, boolean wanted) {
        this.volume = volume;
        this.used = used;
        this.found = found;
        this.wanted = wanted && used != null && !PairName.isReserved(used.name());
    }

    boolean isWanted() {
        return wanted;
    }

    boolean isBound() {
        return found != null && found.phase().equals("Bound") && !isTaken();
    }

    private boolean isTaken() {
        return used != null
                && used.volumeName() != null
                && found != null
                && !used.volumeName().equals(found.volumeName());
    }

    VolumeCondition sourceReady() {
        Unready unready = unready();
        return unready == null
                ? new VolumeCondition(
                        VolumeCondition.SOURCE_READY, true, SourceReason.Resolved.name(), "the source can be shared")
                : new VolumeCondition(
                        VolumeCondition.SOURCE_READY, false, unready.reason().name(), unready.message());
    }

    private @Nullable Unready unready() {
        if (used == null || volume.spec().readPath() == ReadPath.Cached) {
            return new Unready(
                    SourceReason.PairsNotMade,
                    "Aquifer serves single namespaces here and makes no PersistentVolumes: have an administrator make one whose claimRef names a claim of the namespace, and write both into spec.source.persistentVolume; or share a claim with its own namespace, with readPath: Direct");
        }
        if (PairName.isReserved(used.name())) {
            return SourceRefusals.reshared(used.text() + " was made for a tenant of another shared volume");
        }
        if (used.volumeName() != null) {
            return null;
        }
        if (found == null) {
            return SourceRefusals.claimMissing(used.name(), used.namespace());
        }
        if (found.deleted()) {
            return SourceRefusals.claimBeingDeleted(found);
        }
        return found.phase().equals("Bound") ? null : SourceRefusals.claimNotBound(found);
    }

    VolumeCondition bound() {
        return used == null ? binding() : StatusSummary.remarked(binding(), volume, used.namespace());
    }

    private VolumeCondition binding() {
        if (!wanted || used == null) {
            return new VolumeCondition(
                    VolumeCondition.BOUND,
                    true,
                    "NothingToBind",
                    "no grant names the namespace whose claim this is: see spec.access; where Aquifer serves single namespaces, a grant by labels names none");
        }
        if (isBound()) {
            return new VolumeCondition(VolumeCondition.BOUND, true, "AllBound", "1 of 1 namespaces are bound");
        }
        if (used.volumeName() == null) {
            return new VolumeCondition(VolumeCondition.BOUND, false, "SourceNotReady", used.text() + " is not Bound");
        }
        return new VolumeCondition(
                VolumeCondition.BOUND,
                false,
                "Binding",
                "%s waits for PersistentVolume \"%s\": it must be there, have this claim in its claimRef, and not be Released; see the events of the claim"
                        .formatted(used.text(), used.volumeName()));
    }

    /** @param left the claims of pairs that nobody takes away, for people */
    VolumeCondition conflict(List<String> mountPaths, List<String> left) {
        if (!left.isEmpty() && !isTaken()) {
            return new VolumeCondition(
                    VolumeCondition.CONFLICT,
                    true,
                    "PairsLeft",
                    "%s: made while Aquifer served the whole cluster, and where it serves single namespaces nobody guards such pairs or takes them away: have an administrator delete them, and the PersistentVolumes of the same names"
                            .formatted(StatusSummary.some(left, ", ")));
        }
        List<String> conflicts = isTaken() && used != null
                ? List.of(
                        "%s is for another PersistentVolume than \"%s\": it is left alone; delete it, or have the PersistentVolume name another claim"
                                .formatted(used.text(), used.volumeName()))
                : List.of();
        return StatusSummary.conflict(volume, conflicts, mountPaths);
    }
}
