package dev.aquifer.webhook.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aquifer.webhook.command.explain.Explainer;
import dev.aquifer.webhook.command.lookup.ClusterObjects;
import dev.aquifer.webhook.command.lookup.FileObjects;
import dev.aquifer.webhook.command.lookup.Kind;
import dev.aquifer.webhook.command.lookup.KubernetesObjects;
import dev.aquifer.webhook.command.lookup.ReachableObjects;
import dev.aquifer.webhook.command.nodes.NodeCaches;
import dev.aquifer.webhook.entitlement.AcceptedOwners;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What there is, in files or in a cluster. */
final class World implements AutoCloseable {
    private static final String DEFAULT_NAMESPACE = "default";

    private final KubernetesObjects objects;
    private final @Nullable Connection connection;
    private final Explainers explainers;

    private World(KubernetesObjects objects, @Nullable Connection connection, @Nullable AcceptedOwners accepted) {
        this.objects = objects;
        this.connection = connection;
        this.explainers = new Explainers(objects, connection, accepted);
    }

    /**
     * That of a cluster.
     *
     * @param namespace what is looked into where nothing else may be; null for that of the context
     * @param accepted the owners that every namespace accepts; null for those that the running admission was told
     */
    static World of(Connection connection, @Nullable String namespace, @Nullable AcceptedOwners accepted) {
        String near = namespace == null ? connection.namespace() : namespace;
        return new World(new ReachableObjects(new ClusterObjects(connection.api()), near), connection, accepted);
    }

    /** @throws IllegalArgumentException with a sentence, when one of the files cannot be read */
    static World of(List<String> files, @Nullable AcceptedOwners accepted) {
        return new World(new FileObjects(files), null, accepted);
    }

    KubernetesObjects objects() {
        return objects;
    }

    /** The cluster; null where there are only files. */
    @Nullable Connection connection() {
        return connection;
    }

    /** The caches of its nodes; null where there are only files, which have none. */
    @Nullable NodeCaches caches() {
        return connection == null ? null : new NodeCaches(objects, connection.agents());
    }

    /** The namespace of who asks. */
    String namespace() {
        return connection == null ? DEFAULT_NAMESPACE : connection.namespace();
    }

    /**
     * Who says of pods of this namespace what they would see, and how they would be stored.
     *
     * @throws IllegalArgumentException when nothing is known of the namespace
     */
    Explainer explainer(String namespace) {
        return explainers.of(namespace);
    }

    /**
     * A pod that is there.
     *
     * @throws IllegalArgumentException when there is none of this name
     */
    JsonNode pod(String namespace, String name) {
        JsonNode pod = objects.find(Kind.POD, namespace, name);
        if (pod == null) {
            throw new IllegalArgumentException(
                    "expected pod %s in namespace %s, found none; check the name and --namespace"
                            .formatted(name, namespace));
        }
        return pod;
    }

    @Override
    public void close() {
        if (connection != null) {
            connection.close();
        }
    }
}
