package dev.aquifer.webhook.entitlement;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The namespace that a pod is created in, as far as entitlement looks at it.
 *
 * @param accepts the owners whose volumes may come without a pod's annotation, from the namespace's own annotation and
 *     the administrator's list
 */
public record Tenant(String namespace, Map<String, String> labels, AcceptedOwners accepts) {
    public Tenant {
        labels = Map.copyOf(labels);
    }

    /** The accepted owners and the namespace itself, which is always one of them. */
    Set<String> owners() {
        if (accepts.names().isEmpty()) {
            return Set.of(namespace);
        }
        if (accepts.names().contains(namespace)) {
            return accepts.names();
        }
        Set<String> owners = new HashSet<>(accepts.names());
        owners.add(namespace);
        return owners;
    }
}
