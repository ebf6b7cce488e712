package dev.aquifer.webhook.binder;

import dev.aquifer.webhook.binder.known.Interests;
import dev.aquifer.webhook.binder.known.KnownCluster;
import dev.aquifer.webhook.binder.known.RecordedFacts;
import dev.aquifer.webhook.binder.pace.RaisePace;
import dev.aquifer.webhook.binding.objects.ExistingPairs;
import dev.aquifer.webhook.binding.plan.BindingPlan;
import dev.aquifer.webhook.binding.plan.VolumePlan;
import dev.aquifer.webhook.binding.plan.VolumeState;
import dev.aquifer.webhook.binding.source.HandleRules;
import java.time.Clock;
import java.time.Duration;
import java.util.function.BiConsumer;

/** Has plans made on what is known, notes what each looked at, and has one made anew when a pair may get its next name. */
final class Planner {
    private final KnownCluster cluster;
    private final HandleRules rules;
    private final Interests interests;
    private final RaisePace pace;
    private final Clock clock;
    private final BiConsumer<String, Duration> later;

    /** @param later has a volume looked at again after some time */
    Planner(
            KnownCluster cluster,
            HandleRules rules,
            Interests interests,
            RaisePace pace,
            Clock clock,
            BiConsumer<String, Duration> later) {
        this.cluster = cluster;
        this.rules = rules;
        this.interests = interests;
        this.pace = pace;
        this.clock = clock;
        this.later = later;
    }

    /** @param there whether the SharedVolume is there: of one that has gone nobody needs to know what its plan looked at */
    VolumePlan plan(VolumeState state, ExistingPairs pairs, boolean there) {
        RecordedFacts facts = new RecordedFacts(cluster, pace, clock.instant());
        VolumePlan plan = BindingPlan.of(state, facts, pairs, rules);
        if (facts.untilNextRaise() != null) {
            later.accept(state.uid(), facts.untilNextRaise());
        }
        if (there) {
            interests.set(state.uid(), facts.asked());
        } else {
            interests.forget(state.uid());
        }
        return plan;
    }

    /** The new names that this plan gives were written. */
    void raised(VolumePlan plan) {
        plan.raises().forEach(raise -> pace.raised(raise.pair()));
    }
}
