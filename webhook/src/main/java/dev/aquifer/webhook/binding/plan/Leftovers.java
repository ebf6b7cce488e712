package dev.aquifer.webhook.binding.plan;

import dev.aquifer.webhook.binding.names.PairLabels;
import dev.aquifer.webhook.binding.objects.ClaimRef;
import dev.aquifer.webhook.binding.objects.ClusterFacts;
import dev.aquifer.webhook.binding.objects.DesiredClaim;
import dev.aquifer.webhook.binding.objects.ExistingClaim;
import dev.aquifer.webhook.binding.objects.ExistingPairs;
import dev.aquifer.webhook.binding.objects.ExistingVolume;
import dev.aquifer.webhook.binding.plan.Action.CorrectClaim;
import dev.aquifer.webhook.binding.plan.Action.DeleteClaim;
import dev.aquifer.webhook.binding.plan.Action.DeleteVolume;
import dev.aquifer.webhook.binding.plan.Action.RetainVolume;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Requests the deletion of objects that no wanted pair is made of. Claims come first: while one is there, Kubernetes
 * keeps its volume, and while pods use it, the claim. Only what carries our labels is ever deleted: a claim that lost
 * them gets them back first. A volume that somebody took Retain from gets it back before anything of its pair is deleted.
 */
final class Leftovers {
    private final PairInspector inspector;
    private final ClusterFacts facts;
    private final String source;

    /** @param source the SharedVolume, as {@code owner/name} */
    Leftovers(PairInspector inspector, ClusterFacts facts, String source) {
        this.inspector = inspector;
        this.facts = facts;
        this.source = source;
    }

    /** @param reason why an object with these labels is to go; null when it is to stay */
    List<Action> remove(ExistingPairs existing, Function<PairLabels, @Nullable Removal> reason) {
        List<Action> actions = new ArrayList<>();
        for (ExistingClaim claim : existing.claims()) {
            PairLabels labels = inspector.ours(claim);
            Removal why = labels == null ? null : reason.apply(labels);
            if (why == null) {
                continue;
            }
            ExistingVolume volume = facts.pairVolume(claim.name());
            if (volume != null && volume.isBoundTo(claim) && !volume.isRetained()) {
                actions.add(new RetainVolume(volume.name(), volume.uid()));
            } else if (!claim.deleting()) {
                actions.add(new DeleteClaim(claim.namespace(), claim.name(), claim.uid(), why));
            }
        }
        List<Action> volumes = new ArrayList<>();
        for (ExistingVolume volume : existing.volumes()) {
            PairLabels labels = inspector.ours(volume);
            Removal why = labels == null ? null : reason.apply(labels);
            if (labels == null || why == null) {
                continue;
            }
            CorrectClaim stripped = strippedClaim(volume, labels);
            if (stripped != null) {
                actions.add(stripped);
            }
            if (!volume.isRetained()) {
                volumes.add(new RetainVolume(volume.name(), volume.uid()));
            } else if (!volume.deleting()) {
                volumes.add(new DeleteVolume(volume.name(), volume.uid(), why));
            }
        }
        volumes.stream().filter(action -> !actions.contains(action)).forEach(actions::add);
        return actions;
    }

    private @Nullable CorrectClaim strippedClaim(ExistingVolume volume, PairLabels labels) {
        ClaimRef ref = volume.claimRef();
        ExistingClaim claim = ref == null ? null : facts.pairClaim(ref.namespace(), ref.name());
        if (claim == null || claim.deleting() || !volume.isBoundTo(claim) || inspector.ours(claim) != null) {
            return null;
        }
        return claim.name().equals(volume.name()) && PairInspector.isAsMade(claim, labels.mode())
                ? new CorrectClaim(new DesiredClaim(claim.name(), labels, source, claim.storage()), claim.uid())
                : null;
    }
}
