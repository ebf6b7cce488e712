package dev.aquifer.webhook.binding.resolve;

import dev.aquifer.webhook.binding.source.ResolvedSource.Unready;
import dev.aquifer.webhook.binding.source.SourceClaim;
import dev.aquifer.webhook.binding.source.SourceReason;

/** Why a source cannot be shared now, in sentences that more than one looks for. */
public final class SourceRefusals {
    private SourceRefusals() {}

    public static Unready claimMissing(String name, String namespace) {
        return new Unready(
                SourceReason.ClaimMissing,
                "claim \"%s\" is not in namespace \"%s\"; tenants keep what they have: make the claim, or name another in spec.source"
                        .formatted(name, namespace));
    }

    public static Unready claimBeingDeleted(SourceClaim claim) {
        return new Unready(
                SourceReason.ClaimBeingDeleted,
                "claim \"%s\" is being deleted, and goes when no pod uses it any more; tenants keep what they have: name another claim in spec.source, or make this one anew once it is gone"
                        .formatted(claim.name()));
    }

    public static Unready claimNotBound(SourceClaim claim) {
        return new Unready(
                SourceReason.ClaimNotBound,
                "claim \"%s\" is %s; tenants get it once it is Bound: see its events, and run a pod that uses it where its class waits for the first one"
                        .formatted(claim.name(), claim.phase()));
    }

    static Unready volumeTaken(SourceClaim claim, String volume) {
        return new Unready(
                SourceReason.ClaimNotBound,
                "PersistentVolume \"%s\" of claim \"%s\" belongs to another claim; tenants keep what they have: see the claim's events, and make it anew"
                        .formatted(volume, claim.name()));
    }

    public static Unready reshared(String what) {
        return new Unready(
                SourceReason.Reshared,
                what + ": what was shared with a tenant cannot be shared on; ask its owner for a grant instead");
    }

    static Unready oncePod(String what) {
        return new Unready(
                SourceReason.ReadWriteOncePod,
                what + " is ReadWriteOncePod, for one pod alone: share a volume of another access mode");
    }
}
