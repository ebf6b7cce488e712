package dev.aquifer.webhook.binding.plan;

import dev.aquifer.webhook.binding.names.PairLabels;
import dev.aquifer.webhook.binding.objects.ClusterFacts;
import dev.aquifer.webhook.binding.objects.Eviction;
import dev.aquifer.webhook.binding.objects.ExistingClaim;
import dev.aquifer.webhook.binding.objects.ExistingPairs;
import dev.aquifer.webhook.binding.objects.ExistingVolume;
import dev.aquifer.webhook.binding.plan.Action.NoteEviction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Whose pods are to leave: those of pairs whose grant is withdrawn, where the owner wants that, and of no pair that is
 * wanted. When it began is noted on the pair's volume, so that neither another leader nor the end of the SharedVolume
 * changes it. For one use by one thread.
 */
final class Departures {
    private final PairInspector inspector;
    private final ClusterFacts facts;
    private final RevokePolicy policy;
    private final List<Action> notes = new ArrayList<>();
    private final List<Departure> all = new ArrayList<>();

    Departures(PairInspector inspector, ClusterFacts facts, RevokePolicy policy) {
        this.inspector = inspector;
        this.facts = facts;
        this.policy = policy;
    }

    /** @param withdrawn whether a pair with these labels is not to be, whatever takes its place */
    Departures of(ExistingPairs existing, Predicate<PairLabels> withdrawn) {
        ours(existing).forEach((name, labels) -> look(name, labels, withdrawn.test(labels)));
        return this;
    }

    /** What is to be noted, or noted no longer. */
    List<Action> notes() {
        return notes;
    }

    List<Departure> all() {
        return all;
    }

    /** Both objects of a pair have its name, and one of them has its labels at least. */
    private Map<String, PairLabels> ours(ExistingPairs existing) {
        Map<String, PairLabels> ours = new LinkedHashMap<>();
        existing.claims().forEach(claim -> add(ours, claim.name(), inspector.ours(claim)));
        existing.volumes().forEach(volume -> add(ours, volume.name(), inspector.ours(volume)));
        return ours;
    }

    private static void add(Map<String, PairLabels> ours, String name, @Nullable PairLabels labels) {
        if (labels != null) {
            ours.put(name, labels);
        }
    }

    private void look(String name, PairLabels labels, boolean withdrawn) {
        ExistingClaim claim = facts.pairClaim(labels.tenant(), name);
        if (claim == null) {
            return;
        }
        ExistingVolume found = facts.pairVolume(name);
        ExistingVolume volume = found != null && found.isBoundTo(claim) ? found : null;
        if (volume == null && inspector.ours(claim) == null) {
            return;
        }
        Eviction noted = volume == null ? null : volume.eviction();
        Eviction due = withdrawn ? due(claim, volume, noted) : null;
        if (volume != null && !Objects.equals(due, noted)) {
            notes.add(new NoteEviction(name, volume.uid(), labels.volumeUid(), due));
        }
        if (due != null && claim.deleting()) {
            all.add(new Departure(claim.namespace(), name, due.until()));
        }
    }

    private @Nullable Eviction due(ExistingClaim claim, @Nullable ExistingVolume volume, @Nullable Eviction noted) {
        return switch (policy) {
            case RevokePolicy.Keep() -> null;
            case RevokePolicy.AsNoted() -> noted;
            case RevokePolicy.Evict(var deadline) -> {
                Instant since = noted == null ? begin(claim, volume) : noted.since();
                yield since == null ? null : Eviction.from(since, deadline);
            }
        };
    }

    /** Where there is no volume to note it on, the deletion of the claim has to do. */
    private @Nullable Instant begin(ExistingClaim claim, @Nullable ExistingVolume volume) {
        return volume == null ? claim.deleted() : facts.now();
    }
}
