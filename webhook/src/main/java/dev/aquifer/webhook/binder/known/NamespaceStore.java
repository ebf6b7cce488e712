package dev.aquifer.webhook.binder.known;

import dev.aquifer.webhook.binding.objects.TenantNamespace;
import dev.aquifer.webhook.cluster.Served;
import dev.aquifer.webhook.cluster.SharedTexts;
import dev.aquifer.webhook.cluster.TenantReader;
import dev.aquifer.webhook.cluster.TrimmedStore;
import dev.aquifer.webhook.cluster.Watched;
import dev.aquifer.webhook.entitlement.AcceptedOwners;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** The namespaces. */
final class NamespaceStore {
    private final TrimmedStore<GenericKubernetesResource, TenantNamespace> store =
            new TrimmedStore<>(this::read, TrimmedStore::stub, this::changed);
    private final TenantReader tenants;
    private final Changes changes;

    /** @param acceptedByAdmin the owners that every namespace accepts */
    NamespaceStore(AcceptedOwners acceptedByAdmin, Changes changes) {
        this.tenants = new TenantReader(acceptedByAdmin);
        this.changes = changes;
    }

    Watched<GenericKubernetesResource> watched(KubernetesClient client) {
        return new Watched<>("Namespace", Kinds.namespaces(client), store);
    }

    /** Takes a namespace that cannot be looked at for one that is there and served. */
    void assume(String name) {
        GenericKubernetesResource namespace = TrimmedStore.stub(name);
        namespace.getMetadata().setLabels(Served.labels(name));
        store.put(name, namespace);
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

    private TenantNamespace read(GenericKubernetesResource namespace) {
        return new TenantNamespace(
                namespace.getMetadata().getName(),
                SharedTexts.of(namespace.getMetadata().getLabels()),
                tenants.accepts(namespace.getMetadata().getAnnotations()),
                namespace.getMetadata().getDeletionTimestamp() != null);
    }
}
