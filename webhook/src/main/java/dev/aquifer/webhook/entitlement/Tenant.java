package dev.aquifer.webhook.entitlement;

import java.util.Map;
import java.util.function.Consumer;

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

    /** Hands over the accepted owners and the namespace itself, which is always one of them, each once. */
    void owners(Consumer<String> owner) {
        if (!accepts.names().contains(namespace)) {
            owner.accept(namespace);
        }
        accepts.names().forEach(owner);
    }

    /** Whether it accepts this owner, as it always does itself. */
    boolean takesFrom(String owner) {
        return namespace.equals(owner) || accepts.contains(owner);
    }
}
