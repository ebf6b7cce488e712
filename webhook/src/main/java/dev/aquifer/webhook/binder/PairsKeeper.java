package dev.aquifer.webhook.binder;

import dev.aquifer.webhook.binder.known.Interests;
import dev.aquifer.webhook.binder.pairs.Applier;
import dev.aquifer.webhook.binder.pairs.Outcome;
import dev.aquifer.webhook.binder.pods.Evictor;
import dev.aquifer.webhook.binder.pods.Successions;
import dev.aquifer.webhook.binding.plan.VolumePlan;
import dev.aquifer.webhook.binding.plan.VolumeState;
import java.time.Duration;
import java.util.function.BiConsumer;

/** Brings a volume's pairs to what its plan says, with regard to the pods that use them: some wait, some have to leave. */
final class PairsKeeper {
    private final Successions successions;
    private final Applier applier;
    private final Interests interests;
    private final Evictor evictor;
    private final BiConsumer<String, Duration> later;

    /** @param later has a volume looked at again after some time */
    PairsKeeper(
            Successions successions,
            Applier applier,
            Interests interests,
            Evictor evictor,
            BiConsumer<String, Duration> later) {
        this.successions = successions;
        this.applier = applier;
        this.interests = interests;
        this.evictor = evictor;
        this.later = later;
    }

    /** Where a namespace refused a claim, a new plan is due when it has room. */
    Outcome keep(VolumeState state, VolumePlan plan) {
        Outcome outcome = applier.apply(state.uid(), successions.due(state.uid(), plan.actions()));
        interests.add(
                state.uid(), outcome.refusedIn().stream().map(Interests::quota).toList());
        sendPodsOff(state, plan);
        return outcome;
    }

    /** For a volume that is gone or being deleted: no pod is waited for. */
    Outcome remove(VolumeState state, VolumePlan plan) {
        successions.forget(state.uid());
        Outcome outcome = applier.apply(state.uid(), plan.actions());
        sendPodsOff(state, plan);
        return outcome;
    }

    private void sendPodsOff(VolumeState state, VolumePlan plan) {
        Duration next = evictor.clear(plan.departures(), state.owner() + "/" + state.name());
        if (next != null) {
            later.accept(state.uid(), next);
        }
    }
}
