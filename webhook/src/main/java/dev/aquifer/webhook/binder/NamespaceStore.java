package dev.aquifer.webhook.binder;

import dev.aquifer.webhook.binding.TenantNamespace;
import dev.aquifer.webhook.cluster.TrimmedStore;
import dev.aquifer.webhook.cluster.Watched;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The namespaces. */
final class NamespaceStore {
    private final TrimmedStore<GenericKubernetesResource, TenantNamespace> store =
            new TrimmedStore<>(NamespaceStore::read, Kinds::stub, this::changed);
    private final Changes changes;

    NamespaceStore(Changes changes) {
        this.changes = changes;
    }

    Watched<GenericKubernetesResource> watched(KubernetesClient client) {
        return new Watched<>("Namespace", Kinds.namespaces(client), store);
    }

    @Nullable TenantNamespace get(String name) {
        return store.kept(name);
    }

    Collection<TenantNamespace> all() {
        return store.all();
    }

    private void changed(String key, @Nullable TenantNamespace before, @Nullable TenantNamespace after) {
        changes.ofAll();
    }

    /** Thousands of namespaces have the same few labels: each text is kept once. */
    private static TenantNamespace read(GenericKubernetesResource namespace) {
        Map<String, String> labels = new HashMap<>();
        Objects.requireNonNullElse(namespace.getMetadata().getLabels(), Map.<String, String>of())
                .forEach((key, value) -> labels.put(key.intern(), value.intern()));
        return new TenantNamespace(
                namespace.getMetadata().getName(),
                labels,
                namespace.getMetadata().getDeletionTimestamp() != null);
    }
}
