package dev.aquifer.webhook.binder.pairs;

import dev.aquifer.webhook.binder.known.KnownCluster;
import dev.aquifer.webhook.binder.known.Written;
import dev.aquifer.webhook.binder.requests.Events;
import dev.aquifer.webhook.binder.requests.Parallel;
import dev.aquifer.webhook.binder.requests.Subject;
import dev.aquifer.webhook.binder.requests.Writer;
import dev.aquifer.webhook.binding.objects.DesiredClaim;
import dev.aquifer.webhook.binding.objects.DesiredVolume;
import dev.aquifer.webhook.binding.objects.OnlyClaim;
import dev.aquifer.webhook.binding.plan.Action;
import dev.aquifer.webhook.binding.plan.Action.ClaimVolume;
import dev.aquifer.webhook.binding.plan.Action.CorrectClaim;
import dev.aquifer.webhook.binding.plan.Action.CorrectVolume;
import dev.aquifer.webhook.binding.plan.Action.CreateClaim;
import dev.aquifer.webhook.binding.plan.Action.CreateVolume;
import dev.aquifer.webhook.binding.plan.Action.DeleteClaim;
import dev.aquifer.webhook.binding.plan.Action.DeleteVolume;
import dev.aquifer.webhook.binding.plan.Action.NoteEviction;
import dev.aquifer.webhook.binding.plan.Action.RetainVolume;
import dev.aquifer.webhook.rest.ApiException;
import dev.aquifer.webhook.rest.ApiServer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Applies a plan's actions: those of one pair one after the other, the pairs side by side. Of many new pairs only so
 * many are made as fit into one batch, so that what changes meanwhile is heeded soon.
 */
public final class Applier {
    /** The most new pairs of one batch. */
    public static final int BATCH = 100;

    private static final int REQUESTS_AT_ONCE = 32;

    private final PairWriter pairs;
    private final FastBinding fast;
    private final BindMode mode;
    private final Parallel parallel = new Parallel(REQUESTS_AT_ONCE);
    private final Events events;
    private final Refusals refusals = new Refusals();

    /**
     * Puts the parts of this package together.
     *
     * @param written gets what is written, until watches have brought it to the cluster that is known
     */
    public Applier(ApiServer api, Writer writer, KnownCluster cluster, Written written, BindMode mode, Events events) {
        this.pairs = new PairWriter(writer, cluster, written);
        this.fast = new FastBinding(writer, api, pairs, cluster, parallel);
        this.mode = mode;
        this.events = events;
    }

    public Outcome apply(String volumeUid, List<Action> actions) {
        Outcome outcome = new Outcome();
        List<List<Action>> ordinary = new ArrayList<>();
        Map<String, NewPair> fresh = new LinkedHashMap<>();
        for (List<Action> ofPair : byPair(actions)) {
            NewPair pair = asNew(ofPair);
            if (pair == null) {
                ordinary.add(ofPair);
            } else {
                fresh.put(pair.name(), pair);
            }
        }
        parallel.each(ordinary, ofPair -> attempt(ofPair, outcome));
        List<String> order = refusals.order(volumeUid, fresh.keySet());
        List<String> batch = order.subList(0, Math.min(order.size(), BATCH));
        // those that were refused last are no work that is left: they wait until it is time to try again
        if (batch.size() < order.size() && !refusals.contains(volumeUid, order.get(batch.size()))) {
            outcome.left();
        }
        create(batch.stream().map(fresh::get).toList(), outcome);
        return outcome;
    }

    private void create(List<NewPair> batch, Outcome outcome) {
        if (mode == BindMode.FAST) {
            fast.bind(batch, (pair, failure) -> refused(pair, failure, outcome));
        } else {
            parallel.each(
                    batch,
                    pair -> attempt(List.of(new CreateClaim(pair.claim()), new CreateVolume(pair.volume())), outcome));
        }
    }

    private void attempt(List<Action> ofPair, Outcome outcome) {
        try {
            pairs.write(ofPair);
        } catch (ApiException e) {
            NewPair pair = asNew(ofPair);
            if (pair != null) {
                refused(pair, e, outcome);
            } else if (ofPair.getFirst() instanceof ClaimVolume(OnlyClaim claim)) {
                refused(claim.namespace(), claim.name(), claim.source(), e, outcome);
            } else if (e.isConflict()) {
                outcome.conflict();
            } else {
                outcome.failed(e);
            }
        } catch (RuntimeException e) {
            outcome.failed(e);
        }
    }

    private void refused(NewPair pair, ApiException e, Outcome outcome) {
        if (e.isRefusal()) {
            refusals.add(pair.claim().labels().volumeUid(), pair.name());
        }
        refused(pair.claim().namespace(), pair.name(), pair.claim().source(), e, outcome);
    }

    /** A refusal will be one again until the namespace's quota or policy changes, so its people are told. */
    private void refused(String namespace, String claim, String source, ApiException e, Outcome outcome) {
        if (!e.isRefusal()) {
            outcome.failed(e);
            return;
        }
        outcome.refused(namespace);
        events.warning(
                Subject.claim(namespace, claim, ""),
                "Bind",
                "ClaimRefused",
                "the claim of the shared volume %s was refused: %s; it is tried again, so make room for it or ask an administrator"
                        .formatted(source, e.getMessage()));
    }

    private static List<List<Action>> byPair(List<Action> actions) {
        Map<String, List<Action>> groups = new LinkedHashMap<>();
        for (Action action : actions) {
            groups.computeIfAbsent(pair(action), name -> new ArrayList<>()).add(action);
        }
        return List.copyOf(groups.values());
    }

    /** Both objects of a pair have the same name, and no other pair's have. */
    private static String pair(Action action) {
        return switch (action) {
            case CreateClaim(DesiredClaim claim) -> claim.name();
            case CreateVolume(DesiredVolume volume) -> volume.name();
            case ClaimVolume(OnlyClaim claim) -> claim.name();
            case CorrectVolume(DesiredVolume volume, String uid) -> volume.name();
            case CorrectClaim(DesiredClaim claim, String uid) -> claim.name();
            case RetainVolume(String name, String uid) -> name;
            case NoteEviction note -> note.name();
            case DeleteClaim delete -> delete.name();
            case DeleteVolume delete -> delete.name();
        };
    }

    private static @Nullable NewPair asNew(List<Action> ofPair) {
        return ofPair.size() == 2
                        && ofPair.getFirst() instanceof CreateClaim(DesiredClaim claim)
                        && ofPair.getLast() instanceof CreateVolume(DesiredVolume volume)
                ? new NewPair(claim, volume)
                : null;
    }
}
