package dev.aquifer.webhook.binding.plan;

import dev.aquifer.webhook.api.OnRevoke;
import dev.aquifer.webhook.binding.names.PairIdentity;
import dev.aquifer.webhook.binding.names.PairMode;
import dev.aquifer.webhook.binding.plan.PairState.Paired;
import dev.aquifer.webhook.binding.source.ResolvedSource;
import dev.aquifer.webhook.binding.source.ResolvedSource.Ready;
import dev.aquifer.webhook.binding.source.ResolvedSource.Unready;
import dev.aquifer.webhook.binding.source.ResolvedSource.Withdrawn;
import dev.aquifer.webhook.binding.source.SourceReason;
import dev.aquifer.webhook.entitlement.KnownVolume;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the status of a shared volume says of its plan. Its owner reads it: it names the owner's tenants only. */
final class StatusSummary {
    /** A status is no place for a thousand sentences. */
    private static final int MOST = 10;

    private final KnownVolume volume;
    private final ResolvedSource source;
    private final WantedPairs wanted;
    private final Map<PairIdentity, PairState> states;
    private final List<String> conflicts;
    private final @Nullable String unmet;

    /** @param unmet why namespaces that are granted a role by name do not get it; null where all do */
    StatusSummary(
            KnownVolume volume,
            ResolvedSource source,
            WantedPairs wanted,
            Map<PairIdentity, PairState> states,
            List<String> conflicts,
            @Nullable String unmet) {
        this.volume = volume;
        this.source = source;
        this.wanted = wanted;
        this.states = states;
        this.conflicts = conflicts;
        this.unmet = unmet;
    }

    List<VolumeCondition> conditions(List<String> mountPaths) {
        VolumeCondition bound = unmet == null ? bound() : bound().and(unmet);
        bound = wanted.usesOwnersClaim(volume) ? remarked(bound, volume, volume.owner()) : bound;
        return List.of(sourceReady(), bound, conflict(volume, conflicts, mountPaths));
    }

    /** How many namespaces have all the pairs that they need. */
    int boundNamespaces() {
        Set<String> bound = new HashSet<>(tenants());
        bound.removeAll(unbound());
        return bound.size();
    }

    private Set<String> tenants() {
        Set<String> tenants = new HashSet<>();
        wanted.byKey().values().forEach(pair -> tenants.add(pair.tenant()));
        return tenants;
    }

    private Set<String> unbound() {
        Set<String> unbound = new TreeSet<>();
        for (PairIdentity pair : wanted.byKey().values()) {
            if (!(states.get(pair) instanceof Paired paired && paired.bound())) {
                unbound.add(pair.tenant());
            }
        }
        return unbound;
    }

    private VolumeCondition sourceReady() {
        return switch (source) {
            case Unready(SourceReason reason, String message) -> notReady(reason, message);
            case Withdrawn(SourceReason reason, String message) -> notReady(reason, message);
            case Ready ready -> {
                List<String> remarks = new ArrayList<>(ready.warnings());
                if (ready.direct() == null && wants(PairMode.READ_ONLY, PairMode.READ_WRITE)) {
                    remarks.addFirst(
                            "roles of tenants that write, and what they would write, are not served, since only caches can have the source: "
                                    + ready.notWritable());
                } else if (ready.notWritable() != null && wants(PairMode.READ_WRITE)) {
                    remarks.addFirst("roles that write are not served: " + ready.notWritable());
                }
                yield remarks.isEmpty()
                        ? new VolumeCondition(
                                VolumeCondition.SOURCE_READY,
                                true,
                                SourceReason.Resolved.name(),
                                "the source can be shared")
                        : new VolumeCondition(
                                VolumeCondition.SOURCE_READY,
                                true,
                                SourceReason.ResolvedWithWarnings.name(),
                                String.join(". ", remarks));
            }
        };
    }

    private boolean wants(PairMode... modes) {
        return wanted.byKey().values().stream().anyMatch(pair -> List.of(modes).contains(pair.mode()));
    }

    private static VolumeCondition notReady(SourceReason reason, String message) {
        return new VolumeCondition(VolumeCondition.SOURCE_READY, false, reason.name(), message);
    }

    private VolumeCondition bound() {
        int all = tenants().size();
        if (all == 0) {
            return new VolumeCondition(
                    VolumeCondition.BOUND,
                    true,
                    "NothingToBind",
                    wanted.granted().isEmpty()
                            ? "no namespace with the label aquifer.dev/inject=enabled is granted a role: see spec.access"
                            : "the namespaces that are granted a role need no volume of their own");
        }
        Set<String> unbound = unbound();
        if (unbound.isEmpty()) {
            return new VolumeCondition(
                    VolumeCondition.BOUND, true, "AllBound", "%d of %d namespaces are bound".formatted(all, all));
        }
        return new VolumeCondition(
                VolumeCondition.BOUND,
                false,
                source instanceof Ready ? "Binding" : "SourceNotReady",
                "%d of %d namespaces are bound, these are not: %s"
                        .formatted(
                                all - unbound.size(), all, some(unbound.stream().toList(), ", ")));
    }

    /** Such a claim is the namespace's own: no withdrawn grant takes it away. */
    static VolumeCondition remarked(VolumeCondition bound, KnownVolume volume, String namespace) {
        return volume.spec().onRevoke() == OnRevoke.Evict
                ? bound.and(
                        "onRevoke: Evict does not reach pods in namespace \"%s\" that use its own claim: delete them yourself once their grant is withdrawn"
                                .formatted(namespace))
                : bound;
    }

    static VolumeCondition conflict(KnownVolume volume, List<String> conflicts, List<String> mountPaths) {
        if (!conflicts.isEmpty()) {
            return new VolumeCondition(VolumeCondition.CONFLICT, true, "Taken", some(conflicts, ". "));
        }
        if (!mountPaths.isEmpty()) {
            return new VolumeCondition(VolumeCondition.CONFLICT, true, "MountPathsOverlap", some(mountPaths, ". "));
        }
        return new VolumeCondition(
                VolumeCondition.CONFLICT, false, "NoConflict", "nothing is in the way of " + volume.key());
    }

    static String some(List<String> texts, String between) {
        String joined = String.join(between, texts.subList(0, Math.min(MOST, texts.size())));
        return texts.size() <= MOST ? joined : joined + between + "and %d more".formatted(texts.size() - MOST);
    }
}
