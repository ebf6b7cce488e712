package dev.aquifer.webhook.binding.plan;

import dev.aquifer.webhook.api.FileEffects;
import dev.aquifer.webhook.api.PairRevisions;
import dev.aquifer.webhook.binding.objects.ClusterFacts;
import dev.aquifer.webhook.binding.objects.ExistingPairs;
import dev.aquifer.webhook.binding.plan.VolumeState.Removed;
import dev.aquifer.webhook.binding.plan.VolumeState.Shared;
import dev.aquifer.webhook.binding.source.HandleRules;
import java.util.ArrayList;
import java.util.List;

/**
 * The plan for one shared volume. Applying it and planning again comes to an end at a plan without actions, from
 * whatever the cluster was and wherever the applying was cut off.
 */
public final class BindingPlan {
    private BindingPlan() {}

    /**
     * Makes the plan, in time linear in the number of namespaces and of the volume's pairs.
     *
     * @param existing everything whose labels name the volume's UID
     */
    public static VolumePlan of(VolumeState state, ClusterFacts facts, ExistingPairs existing, HandleRules rules) {
        return switch (state) {
            case Shared shared ->
                ClaimPlan.fits(shared.volume(), facts)
                        ? new ClaimPlan(shared, facts, rules).plan(existing)
                        : new SharedPlan(shared, facts, existing, rules).plan();
            case Removed removed -> removed(removed, facts, facts.makesPairs() ? existing : ExistingPairs.NONE);
        };
    }

    /** Where no pairs are made nothing is taken away: the binder has no right to. */
    private static VolumePlan removed(Removed removed, ClusterFacts facts, ExistingPairs existing) {
        PairInspector inspector = new PairInspector(removed, facts);
        Departures departures = new Departures(inspector, facts, removed.policy()).of(existing, labels -> true);
        List<Action> actions = new ArrayList<>(new Leftovers(inspector, facts, removed.owner() + "/" + removed.name())
                .remove(existing, labels -> Removal.VOLUME_REMOVED));
        actions.addAll(departures.notes());
        return new VolumePlan(
                PairRevisions.NONE,
                List.of(),
                actions,
                departures.all(),
                List.of(),
                0,
                null,
                null,
                FileEffects.UNKNOWN,
                null,
                List.of());
    }
}
