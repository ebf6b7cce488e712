package dev.aquifer.webhook.binding.plan;

import dev.aquifer.webhook.binding.plan.VolumeState.Removed;
import dev.aquifer.webhook.binding.plan.VolumeState.Shared;
import dev.aquifer.webhook.entitlement.KnownVolume;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Does what the binder does, on a model cluster: plans, writes revisions first, applies actions, and is cut off. */
public final class ModelBinder {
    private final ModelCluster cluster;
    private final ModelApi api;
    private final List<Removed> removed = new ArrayList<>();
    private final List<VolumePlan> plans = new ArrayList<>();

    public ModelBinder(ModelCluster cluster) {
        this.cluster = cluster;
        this.api = new ModelApi(cluster);
    }

    /** From now on the volume is one that was removed. */
    public void remove(KnownVolume volume) {
        cluster.shared.remove(volume.key());
        removed.add(new Removed(volume.owner(), volume.name(), volume.uid(), RevokePolicy.of(volume.spec())));
    }

    public VolumePlan plan(VolumeState state) {
        VolumePlan plan = BindingPlan.of(state, cluster, cluster.pairs(state.uid()), cluster.rules());
        plans.add(plan);
        return plan;
    }

    /** All plans so far. */
    public List<VolumePlan> plans() {
        return plans;
    }

    /** One plan for every volume, each applied as a whole; whether there was anything to do. */
    public boolean round() {
        boolean busy = false;
        for (VolumeState state : states()) {
            VolumePlan plan = plan(state);
            if (wrote(state, plan)) {
                busy = true;
                continue;
            }
            plan.actions().forEach(api::apply);
            letGo(state, plan);
            busy |= !plan.actions().isEmpty();
        }
        return busy;
    }

    /** One plan for one volume, cut off after some of its writes. */
    public void cutRound(Random random) {
        List<VolumeState> states = states();
        if (states.isEmpty()) {
            return;
        }
        VolumeState state = states.get(random.nextInt(states.size()));
        VolumePlan plan = plan(state);
        if (!wrote(state, plan)) {
            int writes = random.nextInt(plan.actions().size() + 1);
            plan.actions().subList(0, writes).forEach(api::apply);
        }
    }

    private boolean wrote(VolumeState state, VolumePlan plan) {
        if (!(state instanceof Shared(KnownVolume volume)) || plan.revisions().equals(volume.revisions())) {
            return false;
        }
        if (!plan.actions().isEmpty()) {
            throw new AssertionError("a plan that raises revisions has actions: " + plan);
        }
        cluster.writeRevisions(volume, plan.revisions());
        return true;
    }

    /** The SharedVolume itself goes once its pairs will, and nobody knows any more what it said. */
    private void letGo(VolumeState state, VolumePlan plan) {
        if (state instanceof Removed(String owner, String name, String uid, RevokePolicy _)
                && plan.requestsAllDeletions()) {
            removed.replaceAll(
                    one -> one.equals(state) ? new Removed(owner, name, uid, new RevokePolicy.AsNoted()) : one);
        }
    }

    private List<VolumeState> states() {
        List<VolumeState> states = new ArrayList<>(removed);
        cluster.shared.values().forEach(volume -> states.add(new Shared(volume)));
        return states;
    }
}
