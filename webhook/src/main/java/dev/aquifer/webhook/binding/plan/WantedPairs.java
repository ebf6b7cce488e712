package dev.aquifer.webhook.binding.plan;

import dev.aquifer.webhook.api.Role;
import dev.aquifer.webhook.api.SharedVolumeSpec;
import dev.aquifer.webhook.binding.names.PairIdentity;
import dev.aquifer.webhook.binding.names.PairMode;
import dev.aquifer.webhook.binding.objects.ClusterFacts;
import dev.aquifer.webhook.binding.objects.TenantNamespace;
import dev.aquifer.webhook.entitlement.KnownVolume;
import dev.aquifer.webhook.entitlement.NamespaceGrants;
import dev.aquifer.webhook.paths.RequiredPaths;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The pairs that one shared volume's grants ask for, whether or not its source can give them.
 *
 * @param byKey the pairs by {@link PairIdentity#revisionKey}, in the order of their namespaces
 * @param directories the owner's own pair, by which a Job makes directories that are missing; null where nobody needs it, or
 *     it is one of the others
 * @param granted the namespaces that are served and granted a role, those among them that need no pair
 */
record WantedPairs(
        Map<String, PairIdentity> byKey, @Nullable PairIdentity directories, Set<String> granted) {

    static WantedPairs of(KnownVolume volume, ClusterFacts facts) {
        NamespaceGrants grants = NamespaceGrants.of(volume);
        Map<String, TenantNamespace> served = new TreeMap<>();
        for (TenantNamespace namespace : facts.namespaces()) {
            if (namespace.served()) {
                served.put(namespace.name(), namespace);
            }
        }
        Map<String, PairIdentity> wanted = new LinkedHashMap<>();
        Set<String> granted = new TreeSet<>();
        for (TenantNamespace namespace : served.values()) {
            Collection<Role> roles = grants.roles(namespace.name(), namespace.labels());
            if (roles.isEmpty()) {
                continue;
            }
            granted.add(namespace.name());
            boolean ownClaim = namespace.name().equals(volume.owner()) && !servesTheOwner(volume.spec());
            for (Role role : roles) {
                for (PairMode mode : RolePairs.of(volume.spec(), role)) {
                    if (mode == PairMode.CACHED || !ownClaim) {
                        add(wanted, volume, namespace.name(), mode);
                    }
                }
            }
        }
        PairIdentity directories = forDirectories(volume, facts);
        return new WantedPairs(
                wanted,
                directories == null || wanted.containsKey(directories.revisionKey()) ? null : directories,
                granted);
    }

    /** These and the one for directories. */
    Map<String, PairIdentity> all() {
        Map<String, PairIdentity> all = new LinkedHashMap<>(byKey);
        if (directories != null) {
            all.put(directories.revisionKey(), directories);
        }
        return all;
    }

    /** Whether the owner's own pods have the volume by his claim as it is. */
    boolean usesOwnersClaim(KnownVolume volume) {
        return granted.contains(volume.owner()) && !servesTheOwner(volume.spec());
    }

    /** Only while some are missing: nobody is to keep a way to write that no role gives. */
    private static @Nullable PairIdentity forDirectories(KnownVolume volume, ClusterFacts facts) {
        SharedVolumeSpec spec = volume.spec();
        TenantNamespace owner = facts.namespace(volume.owner());
        if (owner == null
                || owner.deleting()
                || spec.source().persistentVolumeClaim() != null
                || !spec.makesDirectories()
                || RequiredPaths.areAllIn(spec, volume.readyPaths())) {
            return null;
        }
        return ownersOwn(volume);
    }

    /** The pair by which the owner's namespace writes the source, or reads it where there is nothing to make. */
    static PairIdentity ownersOwn(KnownVolume volume) {
        PairMode mode = RequiredPaths.of(volume.spec()).isEmpty() ? PairMode.READ_ONLY : PairMode.READ_WRITE;
        return new PairIdentity(volume.owner(), volume.name(), volume.uid(), volume.owner(), mode);
    }

    /** Where the source is no claim, or is guarded, the owner's own pods get all of it through pairs too. */
    private static boolean servesTheOwner(SharedVolumeSpec spec) {
        return spec.source().persistentVolumeClaim() == null || Boolean.TRUE.equals(spec.guardSource());
    }

    private static void add(Map<String, PairIdentity> wanted, KnownVolume volume, String tenant, PairMode mode) {
        PairIdentity identity = new PairIdentity(volume.owner(), volume.name(), volume.uid(), tenant, mode);
        wanted.put(identity.revisionKey(), identity);
    }
}
