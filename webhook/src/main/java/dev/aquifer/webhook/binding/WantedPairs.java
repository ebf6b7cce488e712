package dev.aquifer.webhook.binding;

import dev.aquifer.webhook.api.Role;
import dev.aquifer.webhook.api.SharedVolumeSpec;
import dev.aquifer.webhook.entitlement.KnownVolume;
import dev.aquifer.webhook.entitlement.NamespaceGrants;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The pairs that one shared volume's grants ask for, whether or not its source can give them.
 *
 * @param byKey the pairs by {@link PairIdentity#revisionKey}, in the order of their namespaces
 * @param granted the namespaces that are served and granted a role, those among them that need no pair
 */
record WantedPairs(Map<String, PairIdentity> byKey, Set<String> granted) {

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
        return new WantedPairs(wanted, granted);
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
