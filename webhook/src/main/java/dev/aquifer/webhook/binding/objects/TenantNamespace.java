package dev.aquifer.webhook.binding.objects;

import dev.aquifer.webhook.entitlement.AcceptedOwners;
import dev.aquifer.webhook.entitlement.ClusterSources;
import dev.aquifer.webhook.entitlement.ServedLabel;
import java.util.Map;

/**
 * A namespace, as far as bindings look at it.
 *
 * @param accepts the owners whose volumes may come to its pods unasked
 * @param deleting whether its deletion was requested: nothing new is made in it
 */
public record TenantNamespace(String name, Map<String, String> labels, AcceptedOwners accepts, boolean deleting) {
    public TenantNamespace {
        labels = Map.copyOf(labels);
    }

    /** Whether its pods may get volumes. */
    public boolean served() {
        return !deleting && ServedLabel.isIn(labels);
    }

    /** Whether volumes of this owner may come to its pods unasked: those of its own may. */
    public boolean takesFrom(String owner) {
        return name.equals(owner) || accepts.contains(owner);
    }

    /** Whether an administrator lets its SharedVolumes share what is not the namespace's own. */
    public boolean sharesClusterSources() {
        return ClusterSources.allowedBy(labels);
    }
}
