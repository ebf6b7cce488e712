package dev.aquifer.webhook.binding.plan;

import dev.aquifer.webhook.api.FileEffects;
import dev.aquifer.webhook.api.PairRevisions;
import dev.aquifer.webhook.binding.names.PairIdentity;
import dev.aquifer.webhook.binding.names.PairLabels;
import dev.aquifer.webhook.binding.objects.ClusterFacts;
import dev.aquifer.webhook.binding.objects.ExistingPairs;
import dev.aquifer.webhook.binding.objects.TenantNamespace;
import dev.aquifer.webhook.binding.plan.VolumeState.Shared;
import dev.aquifer.webhook.binding.resolve.SourceResolver;
import dev.aquifer.webhook.binding.source.HandleRules;
import dev.aquifer.webhook.binding.source.ResolvedSource;
import dev.aquifer.webhook.binding.source.ResolvedSource.Ready;
import dev.aquifer.webhook.binding.source.ResolvedSource.Unready;
import dev.aquifer.webhook.binding.source.ResolvedSource.Withdrawn;
import dev.aquifer.webhook.binding.source.VolumeTemplate;
import dev.aquifer.webhook.entitlement.KnownVolume;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The plan for a shared volume that there is. For one use by one thread. */
final class SharedPlan {
    private final KnownVolume volume;
    private final ClusterFacts facts;
    private final ExistingPairs existing;
    private final PairInspector inspector;
    private final ResolvedSource source;
    private final WantedPairs wanted;
    private final Map<String, PairIdentity> all;

    SharedPlan(Shared shared, ClusterFacts facts, ExistingPairs existing, HandleRules rules) {
        this.volume = shared.volume();
        this.facts = facts;
        this.existing = existing;
        this.inspector = new PairInspector(shared, facts);
        this.source = new SourceResolver(facts, rules).resolve(volume);
        this.wanted = WantedPairs.of(volume, facts);
        this.all = wanted.all();
    }

    VolumePlan plan() {
        NextRevisions next = new NextRevisions(volume.revisions(), all.keySet(), highestRevisions());
        Map<String, PairIdentity> pairs = allowed();
        Map<PairIdentity, PairState> states = new LinkedHashMap<>();
        PairRevisions recovered = next.recovered();
        pairs.values().forEach(pair -> states.put(pair, inspect(pair, recovered)));
        DueRaises due = new DueRaises(states, facts);
        List<Raise> raises = source instanceof Ready ? due.under(recovered) : List.of();
        PairRevisions revisions = raised(next, recovered, due, raises);

        Departures departures = new Departures(inspector, facts, RevokePolicy.of(volume.spec()));
        PairWork work = new PairWork(volume, facts, source);
        if (revisions.equals(volume.revisions())) {
            states.forEach((pair, state) ->
                    work.on(pair, revisions.of(pair.tenant(), pair.mode().text()), state));
            work.add(new Leftovers(inspector, facts, volume.key())
                    .remove(existing, labels -> removal(labels, pairs, revisions)));
            work.add(departures
                    .of(existing, labels -> !pairs.containsKey(key(labels)))
                    .notes());
        }
        StatusSummary summary =
                new StatusSummary(volume, source, wanted, states, work.conflicts(), UnmetGrants.of(volume, facts));
        return new VolumePlan(
                revisions,
                raises,
                work.actions(),
                departures.all(),
                summary.conditions(MountPathConflicts.of(volume, wanted.granted(), facts)),
                summary.boundNamespaces(),
                source instanceof Ready ready ? ready.sourceVolume() : null,
                directoriesClaim(revisions, states),
                source instanceof Ready ready ? ready.effects() : FileEffects.UNKNOWN,
                source instanceof Ready ready ? ready.dataset() : null,
                WithheldModes.of(volume.spec(), source, existing));
    }

    /** Whether or not it is there by now: a Job's pod waits for its claim. One that is there is of this source, or it is none. */
    private @Nullable String directoriesClaim(PairRevisions revisions, Map<PairIdentity, PairState> states) {
        PairIdentity pair = WantedPairs.ownersOwn(volume);
        return all.containsKey(pair.revisionKey())
                        && !(states.get(pair) instanceof PairState.Broken)
                        && source instanceof Ready ready
                        && ready.template(pair.mode()) != null
                ? pair.name(revisions.of(pair.tenant(), pair.mode().text()))
                : null;
    }

    /** The wanted pairs that the source lets be. */
    private Map<String, PairIdentity> allowed() {
        return switch (source) {
            case Unready unready -> all;
            case Withdrawn withdrawn -> Map.of();
            case Ready ready -> {
                Map<String, PairIdentity> allowed = new LinkedHashMap<>(all);
                allowed.values().removeIf(pair -> ready.template(pair.mode()) == null);
                yield allowed;
            }
        };
    }

    private Map<String, Integer> highestRevisions() {
        Map<String, Integer> highest = new HashMap<>();
        existing.claims().forEach(claim -> count(inspector.ours(claim), highest));
        existing.volumes().forEach(pair -> count(inspector.ours(pair), highest));
        return highest;
    }

    private void count(@Nullable PairLabels labels, Map<String, Integer> highest) {
        if (labels != null) {
            highest.merge(key(labels), labels.revision(), Math::max);
        }
    }

    private String key(PairLabels labels) {
        return inspector.identity(labels).revisionKey();
    }

    private PairState inspect(PairIdentity pair, PairRevisions revisions) {
        VolumeTemplate template = source instanceof Ready ready ? ready.template(pair.mode()) : null;
        String hash = template == null ? null : template.hash(pair.mode(), pair.tenant());
        return inspector.inspect(pair, revisions.of(pair.tenant(), pair.mode().text()), hash);
    }

    private static PairRevisions raised(
            NextRevisions next, PairRevisions recovered, DueRaises due, List<Raise> raises) {
        if (raises.isEmpty()) {
            return recovered;
        }
        return due.areOfAMove(raises)
                ? next.allRaised()
                : next.raised(
                        raises.stream().map(raise -> raise.pair().revisionKey()).toList());
    }

    private @Nullable Removal removal(PairLabels labels, Map<String, PairIdentity> pairs, PairRevisions revisions) {
        String key = key(labels);
        if (pairs.containsKey(key)) {
            boolean superseded = revisions.of(labels.tenant(), labels.mode().text()) != labels.revision();
            return superseded && source instanceof Ready ? Removal.SUPERSEDED : null;
        }
        if (all.containsKey(key)) {
            return Removal.SOURCE_WITHDRAWN;
        }
        TenantNamespace namespace = facts.namespace(labels.tenant());
        return namespace == null || !namespace.served() ? Removal.NAMESPACE_LEFT : Removal.NOT_GRANTED;
    }
}
