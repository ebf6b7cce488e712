package dev.aquifer.webhook.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;

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

    /** All of the cluster, to be watched. */
    public static Informable<GenericKubernetesResource> all(KubernetesClient client) {
        return client.genericKubernetesResources(CONTEXT).inAnyNamespace();
    }
}
