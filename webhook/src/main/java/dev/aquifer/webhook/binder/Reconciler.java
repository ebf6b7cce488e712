package dev.aquifer.webhook.binder;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aquifer.webhook.api.PairRevisions;
import dev.aquifer.webhook.binder.known.KnownCluster;
import dev.aquifer.webhook.binder.known.LiveCheck;
import dev.aquifer.webhook.binder.known.Shared;
import dev.aquifer.webhook.binder.known.Versioned;
import dev.aquifer.webhook.binder.known.Written;
import dev.aquifer.webhook.binder.pairs.LookResult;
import dev.aquifer.webhook.binder.pairs.Outcome;
import dev.aquifer.webhook.binding.objects.ExistingPairs;
import dev.aquifer.webhook.binding.plan.Action.CreateClaim;
import dev.aquifer.webhook.binding.plan.Action.CreateVolume;
import dev.aquifer.webhook.binding.plan.VolumePlan;
import dev.aquifer.webhook.binding.plan.VolumeState;
import java.time.Duration;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Brings one shared volume's pairs closer to what they should be: plans on what is known, writes, and is called again by
 * what the writes change. Safe to be cut off anywhere.
 */
final class Reconciler {
    private static final Duration SOON = Duration.ofMillis(200);

    private final KnownCluster cluster;
    private final Written written;
    private final Planner planner;
    private final LiveCheck live;
    private final Finalizers finalizers;
    private final PairsKeeper keeper;
    private final Upkeep upkeep;
    private final StatusReporter status;
    private final BiConsumer<String, Duration> later;

    /** @param later has a volume looked at again after some time */
    Reconciler(
            KnownCluster cluster,
            Written written,
            Planner planner,
            LiveCheck live,
            Finalizers finalizers,
            PairsKeeper keeper,
            Upkeep upkeep,
            StatusReporter status,
            BiConsumer<String, Duration> later) {
        this.cluster = cluster;
        this.written = written;
        this.planner = planner;
        this.live = live;
        this.finalizers = finalizers;
        this.keeper = keeper;
        this.upkeep = upkeep;
        this.status = status;
        this.later = later;
    }

    /**
     * Looks at a volume and makes it so.
     *
     * @throws RuntimeException when it is to be tried again
     */
    LookResult reconcile(String uid) {
        if (!written.isKnown(uid)) {
            later.accept(uid, SOON);
            return LookResult.EARLY;
        }
        Versioned<Shared> volume = cluster.shared.byUid(uid);
        if (volume != null && volume.value().volume() == null && !volume.value().deleting()) {
            upkeep.skip(uid);
            return LookResult.UNREADABLE;
        }
        ExistingPairs pairs = cluster.pairs(uid);
        VolumeState state = state(uid, volume);
        VolumePlan plan = planner.plan(state, pairs, volume != null);
        if (volume != null && !volume.value().deleting()) {
            return reconcile(volume, state, plan, pairs);
        }
        return remove(volume, state, plan);
    }

    private LookResult reconcile(Versioned<Shared> volume, VolumeState state, VolumePlan plan, ExistingPairs pairs) {
        Shared shared = volume.value();
        if (!plan.revisions().equals(Objects.requireNonNullElse(shared.status().revisions(), PairRevisions.NONE))) {
            if (!live.confirms(plan.raises())) {
                later.accept(shared.uid(), SOON);
                return LookResult.EARLY;
            }
            note(shared, status.writeRevisions(volume, plan));
            planner.raised(plan);
            return LookResult.RAISED;
        }
        if (!shared.isHeld() && isToBeHeld(plan, pairs)) {
            note(shared, finalizers.hold(volume));
            return LookResult.HELD;
        }
        Outcome outcome = keeper.keep(state, plan);
        Upkeep.Found found = upkeep.look(shared, plan);
        if (outcome.hasMore()) {
            later.accept(shared.uid(), Duration.ZERO);
        }
        JsonNode answer = status.write(volume, plan, found, outcome);
        if (answer != null) {
            note(shared, answer);
        }
        return end(outcome);
    }

    /** The volume is let go once the deletion of all its pairs was requested, and who has to leave was noted in them. */
    private LookResult remove(@Nullable Versioned<Shared> volume, VolumeState state, VolumePlan plan) {
        if (volume == null) {
            upkeep.forget(state.uid());
        } else {
            upkeep.end(state.uid());
        }
        LookResult result = end(keeper.remove(state, plan));
        if (volume != null && volume.value().isHeld() && plan.requestsAllDeletions()) {
            upkeep.remove(volume.value());
            finalizers.release(volume);
        }
        return result;
    }

    /** What failed, and what was refused, is tried again, later each time. */
    private static LookResult end(Outcome outcome) {
        RuntimeException failure = outcome.failure();
        if (failure != null) {
            throw failure;
        }
        if (outcome.isBlocked()) {
            throw new BlockedException(outcome.result());
        }
        return outcome.result();
    }

    private void note(Shared shared, JsonNode answer) {
        written.note(shared.uid(), cluster.shared::byKey, shared.key(), answer);
    }

    /**
     * Where it has pairs already, its finalizer was taken off: by an uninstallation, or by a replace. A cached one has a key,
     * which lies in another namespace.
     */
    private boolean isToBeHeld(VolumePlan plan, ExistingPairs pairs) {
        return cluster.served.everywhere()
                && (!pairs.isEmpty()
                        || plan.dataset() != null
                        || plan.actions().stream().anyMatch(Reconciler::makes));
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
