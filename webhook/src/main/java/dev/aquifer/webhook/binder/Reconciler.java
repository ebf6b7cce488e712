package dev.aquifer.webhook.binder;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aquifer.webhook.api.PairRevisions;
import dev.aquifer.webhook.binder.caching.CacheStatus;
import dev.aquifer.webhook.binder.caching.Caching;
import dev.aquifer.webhook.binder.directories.DirectoriesKeeper;
import dev.aquifer.webhook.binder.known.Interests;
import dev.aquifer.webhook.binder.known.KnownCluster;
import dev.aquifer.webhook.binder.known.LiveCheck;
import dev.aquifer.webhook.binder.known.RecordedFacts;
import dev.aquifer.webhook.binder.known.Shared;
import dev.aquifer.webhook.binder.known.Versioned;
import dev.aquifer.webhook.binder.known.Written;
import dev.aquifer.webhook.binder.pace.RaisePace;
import dev.aquifer.webhook.binder.pairs.Applier;
import dev.aquifer.webhook.binder.pairs.Outcome;
import dev.aquifer.webhook.binder.pods.Evictor;
import dev.aquifer.webhook.binder.pods.LeftOut;
import dev.aquifer.webhook.binder.pods.Successions;
import dev.aquifer.webhook.binding.Action.CreateClaim;
import dev.aquifer.webhook.binding.Action.CreateVolume;
import dev.aquifer.webhook.binding.BindingPlan;
import dev.aquifer.webhook.binding.ExistingPairs;
import dev.aquifer.webhook.binding.HandleRules;
import dev.aquifer.webhook.binding.VolumeCondition;
import dev.aquifer.webhook.binding.VolumePlan;
import dev.aquifer.webhook.binding.VolumeState;
import dev.aquifer.webhook.paths.PathsState;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Brings one shared volume's pairs closer to what they should be: plans on what is known, writes, and is called again by
 * what the writes change. Safe to be cut off anywhere.
 */
final class Reconciler {
    private static final Duration SOON = Duration.ofMillis(200);

    private final KnownCluster cluster;
    private final HandleRules rules;
    private final Interests interests;
    private final Written written;
    private final RaisePace pace;
    private final LiveCheck live;
    private final Finalizers finalizers;
    private final Successions successions;
    private final Applier applier;
    private final Evictor evictor;
    private final DirectoriesKeeper directories;
    private final LeftOut leftOut;
    private final Caching caching;
    private final StatusReport status;
    private final Clock clock;
    private final BiConsumer<String, Duration> later;

    /** @param later has a volume looked at again after some time */
    Reconciler(
            KnownCluster cluster,
            HandleRules rules,
            Interests interests,
            Written written,
            RaisePace pace,
            LiveCheck live,
            Finalizers finalizers,
            Successions successions,
            Applier applier,
            Evictor evictor,
            DirectoriesKeeper directories,
            LeftOut leftOut,
            Caching caching,
            StatusReport status,
            Clock clock,
            BiConsumer<String, Duration> later) {
        this.cluster = cluster;
        this.rules = rules;
        this.interests = interests;
        this.written = written;
        this.pace = pace;
        this.live = live;
        this.finalizers = finalizers;
        this.successions = successions;
        this.applier = applier;
        this.evictor = evictor;
        this.directories = directories;
        this.leftOut = leftOut;
        this.caching = caching;
        this.status = status;
        this.clock = clock;
        this.later = later;
    }

    /**
     * Returns what became of it, in a word.
     *
     * @throws RuntimeException when it is to be tried again
     */
    String reconcile(String uid) {
        if (!written.isKnown(uid)) {
            later.accept(uid, SOON);
            return "early";
        }
        Versioned<Shared> volume = cluster.shared.byUid(uid);
        if (volume != null && volume.value().volume() == null && !volume.value().deleting()) {
            caching.note(uid, null);
            return "unreadable";
        }
        RecordedFacts facts = new RecordedFacts(cluster, pace, clock.instant());
        ExistingPairs pairs = cluster.pairs(uid);
        VolumeState state = state(uid, volume);
        VolumePlan plan = BindingPlan.of(state, facts, pairs, rules);
        if (facts.untilNextRaise() != null) {
            later.accept(uid, facts.untilNextRaise());
        }
        if (volume == null) {
            interests.forget(uid);
        } else {
            interests.set(uid, facts.asked());
        }
        if (volume != null && !volume.value().deleting()) {
            return reconcile(volume, state, plan, pairs);
        }
        return remove(volume, state, plan);
    }

    private String reconcile(Versioned<Shared> volume, VolumeState state, VolumePlan plan, ExistingPairs pairs) {
        Shared shared = volume.value();
        if (!plan.revisions().equals(Objects.requireNonNullElse(shared.status().revisions(), PairRevisions.NONE))) {
            if (!live.confirms(plan.raises())) {
                later.accept(shared.uid(), SOON);
                return "early";
            }
            note(shared, status.writeRevisions(volume, plan));
            plan.raises().forEach(raise -> pace.raised(raise.pair()));
            return "raised";
        }
        if (!shared.isHeld() && isToBeHeld(plan, pairs)) {
            note(shared, finalizers.hold(volume));
            return "held";
        }
        Outcome outcome = applier.apply(shared.uid(), successions.due(shared.uid(), plan.actions()));
        interests.add(
                shared.uid(), outcome.refusedIn().stream().map(Interests::quota).toList());
        sendPodsOff(state, plan);
        caching.note(shared.uid(), plan.dataset());
        PathsState paths = directories.look(shared, plan);
        CacheStatus cached = caching.look(shared, plan);
        List<VolumeCondition> more = Stream.of(cached == null ? null : cached.condition(), leftOut.look(shared, paths))
                .flatMap(Stream::ofNullable)
                .toList();
        if (outcome.hasMore()) {
            later.accept(shared.uid(), Duration.ZERO);
        }
        JsonNode answer = status.write(volume, plan, paths, more, cached, outcome);
        if (answer != null) {
            note(shared, answer);
        }
        return end(outcome);
    }

    /** The volume is let go once the deletion of all its pairs was requested, and who has to leave was noted in them. */
    private String remove(@Nullable Versioned<Shared> volume, VolumeState state, VolumePlan plan) {
        directories.forget(state.uid());
        successions.forget(state.uid());
        leftOut.forget(state.uid());
        Outcome outcome = applier.apply(state.uid(), plan.actions());
        sendPodsOff(state, plan);
        String word = end(outcome);
        if (volume != null && volume.value().isHeld() && plan.requestsAllDeletions()) {
            caching.remove(volume.value());
            finalizers.release(volume);
        }
        return word;
    }

    private void sendPodsOff(VolumeState state, VolumePlan plan) {
        Duration next = evictor.clear(plan.departures(), state.owner() + "/" + state.name());
        if (next != null) {
            later.accept(state.uid(), next);
        }
    }

    /** What failed, and what was refused, is tried again, later each time. */
    private static String end(Outcome outcome) {
        RuntimeException failure = outcome.failure();
        if (failure != null) {
            throw failure;
        }
        if (outcome.isBlocked()) {
            throw new BlockedException(outcome.word());
        }
        return outcome.word();
    }

    private void note(Shared shared, JsonNode answer) {
        written.note(shared.uid(), cluster.shared::byKey, shared.owner() + "/" + shared.name(), answer);
    }

    /** Where it has pairs already, its finalizer was taken off: by an uninstallation, or by a replace. */
    private boolean isToBeHeld(VolumePlan plan, ExistingPairs pairs) {
        return cluster.served.everywhere()
                && (!pairs.isEmpty() || plan.actions().stream().anyMatch(Reconciler::makes));
    }

    private static boolean makes(Object action) {
        return action instanceof CreateClaim || action instanceof CreateVolume;
    }

    private VolumeState state(String uid, @Nullable Versioned<Shared> volume) {
        if (volume == null) {
            return cluster.leftOf(uid);
        }
        Shared shared = volume.value();
        return shared.deleting() || shared.volume() == null
                ? new VolumeState.Removed(shared.owner(), shared.name(), uid, shared.policy())
                : new VolumeState.Shared(shared.volume());
    }
}
