package dev.aquifer.webhook.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aquifer.webhook.cluster.ClusterPicture;
import dev.aquifer.webhook.command.explain.Admission;
import dev.aquifer.webhook.command.explain.DryRun;
import dev.aquifer.webhook.command.explain.Explainer;
import dev.aquifer.webhook.command.explain.Explaining;
import dev.aquifer.webhook.command.lookup.ClusterObjects;
import dev.aquifer.webhook.command.lookup.FileObjects;
import dev.aquifer.webhook.command.lookup.Kind;
import dev.aquifer.webhook.command.lookup.KubernetesObjects;
import dev.aquifer.webhook.command.lookup.ReachableObjects;
import dev.aquifer.webhook.command.nodes.NodeCaches;
import dev.aquifer.webhook.entitlement.AcceptedOwners;
import dev.aquifer.webhook.entitlement.ClusterSources;
import dev.aquifer.webhook.entitlement.Tenant;
import dev.aquifer.webhook.rest.ApiException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What there is, in files or in a cluster, and how admission decides there. */
final class World implements AutoCloseable {
    private static final String DEFAULT_NAMESPACE = "default";

    private final KubernetesObjects objects;
    private final @Nullable Connection connection;
    private final @Nullable AcceptedOwners accepted;

    private World(KubernetesObjects objects, @Nullable Connection connection, @Nullable AcceptedOwners accepted) {
        this.objects = objects;
        this.connection = connection;
        this.accepted = accepted;
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
     * Who says of pods of this namespace what they would see, and how they would be stored: the code that admits, or, for
     * whoever may not list SharedVolumes, the admission that runs.
     *
     * @throws IllegalArgumentException when nothing is known of the namespace
     */
    Explainer explainer(String namespace) {
        if (connection != null && !seesVolumes()) {
            return new DryRun(connection.api(), objects, namespace);
        }
        Admission admission = admission(namespace);
        return new Explaining(admission, tenant(admission, namespace));
    }

    /** Admission as it decides for pods of this namespace, where all SharedVolumes can be seen. */
    private Admission admission(String namespace) {
        InstalledAdmission installed = InstalledAdmission.find(objects, namespace, connection != null);
        List<JsonNode> volumes = objects.all(Kind.SHARED_VOLUME);
        ClusterPicture picture = Pictures.of(
                namespaces(namespace, volumes),
                volumes,
                accepted == null ? installed.accepted() : accepted,
                installed.served());
        return new Admission(picture, installed.injector(), installed.serves(), installed.doubt());
    }

    /** This one, and those of owners who share storage of the cluster: whether they may is in their labels. */
    private List<JsonNode> namespaces(String tenant, List<JsonNode> volumes) {
        Set<String> owners = new TreeSet<>();
        for (JsonNode volume : volumes) {
            if (!volume.at("/spec/source").has("persistentVolumeClaim")) {
                owners.add(volume.at("/metadata/namespace").asText());
            }
        }
        owners.remove(tenant);
        return Stream.concat(
                        Stream.ofNullable(objects.find(Kind.NAMESPACE, "", tenant)),
                        owners.stream().flatMap(this::owner))
                .toList();
    }

    /** One that the files leave out is taken to have the label, as all is taken to be well that only a cluster knows. */
    private Stream<JsonNode> owner(String name) {
        JsonNode found = objects.find(Kind.NAMESPACE, "", name);
        return found == null && connection == null
                ? Stream.of(Pictures.labelled(name, ClusterSources.LEAVE))
                : Stream.ofNullable(found);
    }

    /** Whether all of them can be seen: of less, an answer would be wrong. */
    private boolean seesVolumes() {
        try {
            objects.all(Kind.SHARED_VOLUME);
            return objects.only(Kind.SHARED_VOLUME) == null;
        } catch (ApiException e) {
            if (e.isRefusal()) {
                return false;
            }
            throw e;
        }
    }

    /**
     * The namespace as admission knows it.
     *
     * @throws IllegalArgumentException when nothing is known of it
     */
    private static Tenant tenant(Admission admission, String namespace) {
        Tenant tenant = admission.picture().tenant(namespace);
        if (tenant == null) {
            throw new IllegalArgumentException(
                    "expected namespace %s, found none of this name; check --namespace, or add the Namespace to a file of --with"
                            .formatted(namespace));
        }
        return tenant;
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
