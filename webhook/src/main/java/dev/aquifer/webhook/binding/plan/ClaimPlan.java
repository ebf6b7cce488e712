package dev.aquifer.webhook.binding.plan;

import dev.aquifer.webhook.api.FileEffects;
import dev.aquifer.webhook.binding.objects.ClusterFacts;
import dev.aquifer.webhook.binding.objects.ExistingPairs;
import dev.aquifer.webhook.binding.objects.OnlyClaim;
import dev.aquifer.webhook.binding.objects.UsedClaim;
import dev.aquifer.webhook.binding.plan.Action.ClaimVolume;
import dev.aquifer.webhook.binding.plan.VolumeState.Shared;
import dev.aquifer.webhook.binding.resolve.FsGroupPolicy;
import dev.aquifer.webhook.binding.resolve.SeLinuxPolicy;
import dev.aquifer.webhook.binding.source.HandleRules;
import dev.aquifer.webhook.binding.source.SourceClaim;
import dev.aquifer.webhook.binding.source.SourceVolume;
import dev.aquifer.webhook.entitlement.KnownVolume;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The plan for a shared volume whose pods use one claim as it is: that of a PersistentVolume which an administrator made
 * for it, or, where no pairs are made, the owner's own. Such a claim is never deleted: its volume would be Released, and
 * only an administrator can mend that.
 */
final class ClaimPlan {
    private final Shared shared;
    private final KnownVolume volume;
    private final ClusterFacts facts;
    private final HandleRules rules;
    private final @Nullable UsedClaim used;
    private final @Nullable SourceClaim found;
    private final Set<String> granted;

    ClaimPlan(Shared shared, ClusterFacts facts, HandleRules rules) {
        this.shared = shared;
        this.volume = shared.volume();
        this.facts = facts;
        this.rules = rules;
        this.used = UsedClaim.of(volume);
        this.found = used == null ? null : facts.claim(used.namespace(), used.name());
        this.granted = WantedPairs.of(volume, facts).granted();
    }

    /** Whether the plan for the volume is one of these. */
    static boolean fits(KnownVolume volume, ClusterFacts facts) {
        return volume.spec().source().onlyClaim() != null || !facts.makesPairs();
    }

    /** @param existing the pairs of the time before the source was one of these */
    VolumePlan plan(ExistingPairs existing) {
        PairInspector inspector = new PairInspector(shared, facts);
        ExistingPairs former = facts.makesPairs() ? existing : ExistingPairs.NONE;
        List<Action> actions = new ArrayList<>(
                new Leftovers(inspector, facts, volume.key()).remove(former, labels -> Removal.SOURCE_WITHDRAWN));
        Departures departures =
                new Departures(inspector, facts, RevokePolicy.of(volume.spec())).of(former, labels -> true);
        actions.addAll(departures.notes());
        ClaimStatus status = new ClaimStatus(volume, used, found, used != null && granted.contains(used.namespace()));
        if (used != null && used.volumeName() != null && found == null && status.isWanted()) {
            actions.add(new ClaimVolume(new OnlyClaim(
                    used.namespace(),
                    used.name(),
                    used.volumeName(),
                    volume.uid(),
                    volume.key(),
                    facts.storageLimits(used.namespace()).nominal())));
        }
        String sourceVolume = status.isBound() && found != null ? found.volumeName() : null;
        return new VolumePlan(
                volume.revisions(),
                List.of(),
                actions,
                departures.all(),
                List.of(
                        status.sourceReady(),
                        status.bound(),
                        status.conflict(MountPathConflicts.of(volume, granted, facts), left(inspector, existing))),
                status.isBound() && status.isWanted() ? 1 : 0,
                sourceVolume,
                null,
                effects(sourceVolume),
                null,
                List.of());
    }

    /** Where pairs are not made they are not taken away either: that takes rights which the binder has not. */
    private List<String> left(PairInspector inspector, ExistingPairs existing) {
        return facts.makesPairs()
                ? List.of()
                : existing.claims().stream()
                        .filter(claim -> inspector.ours(claim) != null)
                        .map(claim -> UsedClaim.text(claim.namespace(), claim.name()))
                        .sorted()
                        .toList();
    }

    private FileEffects effects(@Nullable String sourceVolume) {
        SourceVolume source = sourceVolume == null ? null : facts.volume(sourceVolume);
        return source == null
                ? FileEffects.UNKNOWN
                : new FileEffects(
                        FsGroupPolicy.effect(source.spec(), facts), SeLinuxPolicy.effect(source.spec(), rules));
    }
}
