package dev.aquifer.webhook.binding.resolve;

import dev.aquifer.webhook.api.FileEffects;
import dev.aquifer.webhook.api.Source;
import dev.aquifer.webhook.binding.names.PairName;
import dev.aquifer.webhook.binding.objects.ClusterFacts;
import dev.aquifer.webhook.binding.objects.ExistingVolume;
import dev.aquifer.webhook.binding.objects.TenantNamespace;
import dev.aquifer.webhook.binding.source.CachedSource;
import dev.aquifer.webhook.binding.source.Dataset;
import dev.aquifer.webhook.binding.source.HandleRule;
import dev.aquifer.webhook.binding.source.HandleRules;
import dev.aquifer.webhook.binding.source.ResolvedSource;
import dev.aquifer.webhook.binding.source.ResolvedSource.Cached;
import dev.aquifer.webhook.binding.source.ResolvedSource.Ready;
import dev.aquifer.webhook.binding.source.ResolvedSource.Unready;
import dev.aquifer.webhook.binding.source.ResolvedSource.Withdrawn;
import dev.aquifer.webhook.binding.source.SourceClaim;
import dev.aquifer.webhook.binding.source.SourceLocation;
import dev.aquifer.webhook.binding.source.SourceReason;
import dev.aquifer.webhook.binding.source.SourceVolume;
import dev.aquifer.webhook.binding.source.WrittenSource;
import dev.aquifer.webhook.entitlement.KnownVolume;
import dev.aquifer.webhook.paths.CachedPaths;
import java.util.List;
import java.util.Set;

/** Follows a shared volume's source to what its pairs are made of. */
public final class SourceResolver {
    private static final Set<SourceReason> ONLY_BY_CACHE =
            Set.of(SourceReason.HandleNotShareable, SourceReason.DriverNotKnown, SourceReason.TypeNotSupported);

    private final ClusterFacts facts;
    private final SourceTemplates templates;
    private final HandleRules rules;

    public SourceResolver(ClusterFacts facts, HandleRules rules) {
        this.facts = facts;
        this.rules = rules;
        this.templates = new SourceTemplates(rules, facts);
    }

    public ResolvedSource resolve(KnownVolume volume) {
        Source source = volume.spec().source();
        boolean cached = CachedPaths.of(volume.spec()).cached();
        if (source.persistentVolumeClaim() != null) {
            ResolvedSource found =
                    ofClaim(volume.owner(), source.persistentVolumeClaim().claimName());
            return cached ? cached(volume, source.persistentVolumeClaim().claimName(), found) : found;
        }
        if (cached) {
            return new Unready(
                    SourceReason.NotAClaim,
                    "caches are filled by a pod in namespace \"%s\", and the source is no claim that it could mount: make a claim for it and share that, or set readPath: Direct"
                            .formatted(volume.owner()));
        }
        TenantNamespace owner = facts.namespace(volume.owner());
        if (owner == null || !owner.sharesClusterSources()) {
            return new Withdrawn(
                    SourceReason.ClusterSourceNotAllowed,
                    "namespace \"%s\" may share its own claims only: share a persistentVolumeClaim, or ask an administrator to label the namespace aquifer.dev/cluster-sources=allowed"
                            .formatted(volume.owner()));
        }
        if (source.persistentVolume() != null) {
            return ofVolume(source.persistentVolume().name());
        }
        return templates.ready(WrittenSource.spec(source), null, null);
    }

    /** Adds the cache, which needs no second volume of the source: its own driver's reasons against one do not count. */
    private ResolvedSource cached(KnownVolume volume, String claim, ResolvedSource found) {
        boolean notTwice = found instanceof Unready(SourceReason reason, String _) && ONLY_BY_CACHE.contains(reason);
        if (!(found instanceof Ready) && !notTwice) {
            return found;
        }
        String agents = facts.nodeAgents();
        SourceClaim source = facts.claim(volume.owner(), claim);
        SourceVolume storage = source == null || source.volumeName() == null ? null : facts.volume(source.volumeName());
        if (agents == null) {
            return new Unready(
                    SourceReason.NoNodeAgents,
                    "no node agents are installed that could cache the volume: ask an administrator to install the chart with cache.enabled=true, or set readPath: Direct");
        }
        if (source == null || storage == null) {
            return found;
        }
        boolean oneNode = source.accessModes().stream().allMatch("ReadWriteOnce"::equals);
        String location = SourceLocation.exactly(storage.spec(), rules);
        Dataset dataset = Dataset.of(volume, claim, location.isEmpty() ? storage.uid() : location, oneNode);
        Cached cache = new Cached(dataset, CachedSource.template(dataset, agents));
        return switch (found) {
            case Ready ready -> ready.cachedAs(cache);
            case Unready(SourceReason _, String why) ->
                new Ready(null, cache, storage.name(), why, FileEffects.UNKNOWN, List.of());
            case Withdrawn withdrawn -> withdrawn;
        };
    }

    private ResolvedSource ofClaim(String owner, String name) {
        SourceClaim claim = facts.claim(owner, name);
        if (claim == null) {
            return SourceRefusals.claimMissing(name, owner);
        }
        if (claim.managed() || PairName.isReserved(name)) {
            return SourceRefusals.reshared(
                    "claim \"%s\" was made for a tenant of another shared volume".formatted(name));
        }
        if (claim.accessModes().contains("ReadWriteOncePod")) {
            return SourceRefusals.oncePod("claim \"%s\"".formatted(name));
        }
        if (claim.deleted()) {
            return SourceRefusals.claimBeingDeleted(claim);
        }
        String volume = claim.volumeName();
        if (volume == null || !claim.phase().equals("Bound")) {
            return SourceRefusals.claimNotBound(claim);
        }
        SourceVolume found = facts.volume(volume);
        if (found != null && isOfAnother(claim, found)) {
            return SourceRefusals.volumeTaken(claim, volume);
        }
        if (found != null && isSharedWith(owner, found)) {
            return SourceRefusals.reshared(
                    "claim \"%s\" lies where a volume lies that is shared with this namespace".formatted(name));
        }
        return ofVolume(volume);
    }

    /** A claim stays Bound for a while to the name of a volume that was deleted, which another one may have by now. */
    private static boolean isOfAnother(SourceClaim claim, SourceVolume volume) {
        String uid = volume.spec().at("/claimRef/uid").asText();
        return !uid.isEmpty() && !uid.equals(claim.uid());
    }

    private ResolvedSource ofVolume(String name) {
        if (PairName.isReserved(name)) {
            return SourceRefusals.reshared(
                    "PersistentVolume \"%s\" was made for a tenant of a shared volume".formatted(name));
        }
        SourceVolume volume = facts.volume(name);
        if (volume == null) {
            return new Unready(
                    SourceReason.VolumeMissing,
                    "PersistentVolume \"%s\" does not exist; tenants keep what they have: make it, or name another source"
                            .formatted(name));
        }
        if (volume.managed() || isPairsHandle(volume)) {
            return SourceRefusals.reshared("PersistentVolume \"%s\" is one that was made for a tenant".formatted(name));
        }
        return templates.ready(volume.spec(), name, volume.gid());
    }

    /** Whether the owner has the same place as a tenant of somebody else. */
    private boolean isSharedWith(String owner, SourceVolume volume) {
        String location = SourceLocation.of(volume.spec(), volume.name(), rules);
        for (ExistingVolume pair : facts.pairVolumesFor(owner)) {
            String sharedBy = pair.settings().source();
            if (pair.location().equals(location) && sharedBy != null && !sharedBy.startsWith(owner + "/")) {
                return true;
            }
        }
        return false;
    }

    private boolean isPairsHandle(SourceVolume volume) {
        String handle = SourceLocation.handle(volume.spec());
        HandleRule rule = rules.of(volume.spec().at("/csi/driver").asText());
        return handle != null
                && (rule == null || rule.handle() != HandleRule.Treatment.Same)
                && facts.handleOwners(handle).stream().anyMatch(PairName::isReserved);
    }
}
