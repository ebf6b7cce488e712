package dev.aquifer.webhook.command.lookup;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aquifer.webhook.rest.ApiException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The objects of a cluster as far as somebody with rights in one namespace sees them: where those of all namespaces may
 * not be listed, lists have what that namespace has. {@link #only} tells the one from the other.
 */
public final class ReachableObjects implements KubernetesObjects {
    /** Those that people have in their own namespaces. What is missing of others is a refusal. */
    private static final Set<Kind> OF_NAMESPACES =
            EnumSet.of(Kind.NAMESPACE, Kind.SHARED_VOLUME, Kind.POD, Kind.CLAIM, Kind.QUOTA, Kind.LIMIT_RANGE);

    private final KubernetesObjects cluster;
    private final String namespace;
    private final Set<Kind> refused = EnumSet.noneOf(Kind.class);

    public ReachableObjects(KubernetesObjects cluster, String namespace) {
        this.cluster = cluster;
        this.namespace = namespace;
    }

    @Override
    public List<JsonNode> all(Kind kind) {
        return list(kind, () -> cluster.all(kind), "");
    }

    @Override
    public List<JsonNode> labelled(Kind kind, String labels) {
        return list(kind, () -> cluster.labelled(kind, labels), labels);
    }

    @Override
    public List<JsonNode> within(String namespace, Kind kind, String labels) {
        return cluster.within(namespace, kind, labels);
    }

    @Override
    public @Nullable JsonNode find(Kind kind, String namespace, String name) {
        return cluster.find(kind, namespace, name);
    }

    @Override
    public @Nullable String only(Kind kind) {
        return refused.contains(kind) ? namespace : null;
    }

    private List<JsonNode> list(Kind kind, Supplier<List<JsonNode>> everywhere, String labels) {
        if (!OF_NAMESPACES.contains(kind)) {
            return everywhere.get();
        }
        if (!refused.contains(kind)) {
            try {
                return everywhere.get();
            } catch (ApiException e) {
                if (!e.isRefusal()) {
                    throw e;
                }
                refused.add(kind);
            }
        }
        return kind == Kind.NAMESPACE ? itself(labels) : cluster.within(namespace, kind, labels);
    }

    private List<JsonNode> itself(String labels) {
        JsonNode found = cluster.find(Kind.NAMESPACE, "", namespace);
        return found != null && FileObjects.hasAll(found, labels) ? List.of(found) : List.of();
    }
}
