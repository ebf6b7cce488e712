package dev.aquifer.webhook.binder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aquifer.webhook.binding.DesiredClaim;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;

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

    static Informable<GenericKubernetesResource> claims(KubernetesClient client) {
        return client.genericKubernetesResources(core("PersistentVolumeClaim", "persistentvolumeclaims", true))
                .inAnyNamespace();
    }

    static Informable<GenericKubernetesResource> limitRanges(KubernetesClient client) {
        return client.genericKubernetesResources(core("LimitRange", "limitranges", true))
                .inAnyNamespace();
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
