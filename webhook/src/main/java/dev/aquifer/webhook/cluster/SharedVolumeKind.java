package dev.aquifer.webhook.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;

/** How the API server knows SharedVolumes. They are watched as JSON: one that no model fits must not hide the others. */
public final class SharedVolumeKind {
    public static final String NAME = "SharedVolume";

    private static final ResourceDefinitionContext CONTEXT = new ResourceDefinitionContext.Builder()
            .withGroup("aquifer.dev")
            .withVersion("v1alpha1")
            .withKind(NAME)
            .withPlural("sharedvolumes")
            .withNamespaced(true)
            .build();

    private SharedVolumeKind() {}

    /** Those of the namespaces that are served. */
    public static Watched<GenericKubernetesResource> watched(
            KubernetesClient client, Served served, ItemStore<GenericKubernetesResource> store) {
        return Watched.in(served, NAME, client.genericKubernetesResources(CONTEXT), store);
    }
}
