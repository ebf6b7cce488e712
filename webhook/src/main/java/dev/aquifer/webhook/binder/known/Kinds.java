package dev.aquifer.webhook.binder.known;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aquifer.webhook.binding.objects.DesiredClaim;
import dev.aquifer.webhook.cluster.Served;
import dev.aquifer.webhook.cluster.Watched;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;

/** The kinds that are watched, all as JSON: a PersistentVolume is copied with fields that no model knows. */
final class Kinds {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Kinds() {}

    static Informable<GenericKubernetesResource> namespaces(KubernetesClient client) {
        return client.genericKubernetesResources(core("Namespace", "namespaces", false));
    }

    static Informable<GenericKubernetesResource> volumes(KubernetesClient client) {
        return client.genericKubernetesResources(core("PersistentVolume", "persistentvolumes", false));
    }

    static Watched<GenericKubernetesResource> claims(
            KubernetesClient client, Served served, ItemStore<GenericKubernetesResource> store) {
        return namespaced(client, served, "PersistentVolumeClaim", "persistentvolumeclaims", store);
    }

    static Watched<GenericKubernetesResource> limitRanges(
            KubernetesClient client, Served served, ItemStore<GenericKubernetesResource> store) {
        return namespaced(client, served, "LimitRange", "limitranges", store);
    }

    static Watched<GenericKubernetesResource> quotas(
            KubernetesClient client, Served served, ItemStore<GenericKubernetesResource> store) {
        return namespaced(client, served, "ResourceQuota", "resourcequotas", store);
    }

    static Informable<GenericKubernetesResource> drivers(KubernetesClient client) {
        return client.genericKubernetesResources(new ResourceDefinitionContext.Builder()
                .withGroup("storage.k8s.io")
                .withVersion("v1")
                .withKind("CSIDriver")
                .withPlural("csidrivers")
                .withNamespaced(false)
                .build());
    }

    private static Watched<GenericKubernetesResource> namespaced(
            KubernetesClient client,
            Served served,
            String kind,
            String plural,
            ItemStore<GenericKubernetesResource> store) {
        return Watched.in(served, kind, client.genericKubernetesResources(core(kind, plural, true)), store);
    }

    static ObjectNode json(GenericKubernetesResource object) {
        return JSON.valueToTree(object);
    }

    /** The annotation that names the SharedVolume of a pair's object; empty without. Many have the same. */
    static String source(JsonNode object) {
        return object.path("metadata")
                .path("annotations")
                .path(DesiredClaim.SOURCE)
                .asText()
                .intern();
    }

    private static ResourceDefinitionContext core(String kind, String plural, boolean namespaced) {
        return new ResourceDefinitionContext.Builder()
                .withVersion("v1")
                .withKind(kind)
                .withPlural(plural)
                .withNamespaced(namespaced)
                .build();
    }
}
