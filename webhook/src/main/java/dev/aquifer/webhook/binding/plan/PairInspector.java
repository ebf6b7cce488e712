package dev.aquifer.webhook.binding.plan;

import dev.aquifer.webhook.binding.names.PairIdentity;
import dev.aquifer.webhook.binding.names.PairLabels;
import dev.aquifer.webhook.binding.names.PairMode;
import dev.aquifer.webhook.binding.objects.ClaimRef;
import dev.aquifer.webhook.binding.objects.ClusterFacts;
import dev.aquifer.webhook.binding.objects.ExistingClaim;
import dev.aquifer.webhook.binding.objects.ExistingVolume;
import dev.aquifer.webhook.binding.plan.PairState.Absent;
import dev.aquifer.webhook.binding.plan.PairState.Broken;
import dev.aquifer.webhook.binding.plan.PairState.Foreign;
import dev.aquifer.webhook.binding.plan.PairState.Paired;
import dev.aquifer.webhook.binding.plan.PairState.Waiting;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks at what there is of one shared volume's pairs. An object is taken for ours when its labels fit its name, whose
 * hash nobody else makes by chance, or when its other half is ours and they are bound by UID: then the labels of this
 * one were taken off by hand.
 */
final class PairInspector {
    private final VolumeState state;
    private final ClusterFacts facts;

    PairInspector(VolumeState state, ClusterFacts facts) {
        this.state = state;
        this.facts = facts;
    }

    /** The labels of a volume of this shared volume's pairs; null when it is none, whatever its labels say. */
    @Nullable PairLabels ours(ExistingVolume volume) {
        return fitting(volume.labels(), volume.name());
    }

    /** The labels of a claim of this shared volume's pairs; null when it is none, whatever its labels say. */
    @Nullable PairLabels ours(ExistingClaim claim) {
        PairLabels labels = fitting(claim.labels(), claim.name());
        return labels != null && labels.tenant().equals(claim.namespace()) ? labels : null;
    }

    private @Nullable PairLabels fitting(@Nullable PairLabels labels, String name) {
        boolean fits = labels != null
                && labels.volumeUid().equals(state.uid())
                && identity(labels).name(labels.revision()).equals(name);
        return fits ? labels : null;
    }

    PairIdentity identity(PairLabels labels) {
        return new PairIdentity(state.owner(), state.name(), state.uid(), labels.tenant(), labels.mode());
    }

    /**
     * The state of one pair.
     *
     * @param sourceHash what nobody may change in its volume; null when that is not known
     */
    PairState inspect(PairIdentity identity, int revision, @Nullable String sourceHash) {
        String name = identity.name(revision);
        ExistingClaim claim = facts.pairClaim(identity.tenant(), name);
        ExistingVolume volume = facts.pairVolume(name);
        boolean linked = claim != null && volume != null && volume.isBoundTo(claim);
        boolean volumeOurs = volume != null && ours(volume) != null;
        if (claim != null && ours(claim) == null && !(linked && volumeOurs)) {
            return new Foreign("claim \"%s\" in namespace \"%s\"".formatted(name, claim.namespace()));
        }
        if (claim != null && !isAsMade(claim, identity.mode())) {
            return new Foreign("claim \"%s\" in namespace \"%s\", which is not as Aquifer makes it,"
                    .formatted(name, claim.namespace()));
        }
        if (volume != null && !volumeOurs && !linked) {
            return new Foreign("PersistentVolume \"%s\"".formatted(name));
        }
        if (volume == null) {
            return claim == null ? new Absent() : withoutVolume(claim);
        }
        if (sourceHash != null && !volume.hasSource(sourceHash)) {
            return new Broken(Raise.Cause.SOURCE_CHANGED);
        }
        return withVolume(claim, volume);
    }

    /** Whether its specification is the one that the binder gives to claims of this mode. */
    static boolean isAsMade(ExistingClaim claim, PairMode mode) {
        return claim.plain()
                && claim.name().equals(claim.volumeName())
                && claim.accessModes().equals(List.of(mode.accessMode()));
    }

    private static PairState withoutVolume(ExistingClaim claim) {
        if (claim.deleting()) {
            return new Broken(Raise.Cause.CLAIM_DELETING);
        }
        return switch (claim.phase()) {
            case "Lost" -> new Broken(Raise.Cause.CLAIM_LOST);
            case "Bound" -> new Broken(Raise.Cause.VOLUME_GONE);
            default -> new Waiting(claim);
        };
    }

    private static PairState withVolume(@Nullable ExistingClaim claim, ExistingVolume volume) {
        if (claim == null) {
            return new Broken(Raise.Cause.CLAIM_GONE);
        }
        if (claim.deleting()) {
            return new Broken(Raise.Cause.CLAIM_DELETING);
        }
        if (volume.deleting()) {
            return new Broken(Raise.Cause.VOLUME_DELETING);
        }
        if (claim.phase().equals("Lost")) {
            return new Broken(Raise.Cause.CLAIM_LOST);
        }
        if (volume.phase().equals("Released") || volume.phase().equals("Failed")) {
            return new Broken(Raise.Cause.VOLUME_RELEASED);
        }
        return isTaken(volume, claim) ? new Broken(Raise.Cause.VOLUME_TAKEN) : new Paired(claim, volume);
    }

    /** A volume for no claim, or for any of this name, can still be made this claim's. */
    private static boolean isTaken(ExistingVolume volume, ExistingClaim claim) {
        ClaimRef ref = volume.claimRef();
        return ref != null
                && !(ref.namespace().equals(claim.namespace())
                        && ref.name().equals(claim.name())
                        && (ref.uid() == null || ref.uid().equals(claim.uid())));
    }
}
