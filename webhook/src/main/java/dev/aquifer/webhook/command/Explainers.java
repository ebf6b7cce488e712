package dev.aquifer.webhook.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aquifer.webhook.cluster.ClusterPicture;
import dev.aquifer.webhook.command.explain.Admission;
import dev.aquifer.webhook.command.explain.DryRun;
import dev.aquifer.webhook.command.explain.Explainer;
import dev.aquifer.webhook.command.explain.Explaining;
import dev.aquifer.webhook.command.lookup.Kind;
import dev.aquifer.webhook.command.lookup.KubernetesObjects;
import dev.aquifer.webhook.entitlement.AcceptedOwners;
import dev.aquifer.webhook.entitlement.ClusterSources;
import dev.aquifer.webhook.entitlement.Tenant;
import dev.aquifer.webhook.rest.ApiException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Says who explains what pods of a namespace get: the code that admits, or, for whoever may not list SharedVolumes, the
 * admission that runs.
 *
 * @param connection to the cluster; null where there are only files
 * @param accepted the owners that every namespace accepts; null for those that the running admission was told
 */
record Explainers(
        KubernetesObjects objects,
        @Nullable Connection connection,
        @Nullable AcceptedOwners accepted) {

    /**
     * The one for pods of this namespace.
     *
     * @throws IllegalArgumentException when nothing is known of the namespace
     */
    Explainer of(String namespace) {
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
}
