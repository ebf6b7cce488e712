package dev.aquifer.webhook.cluster;

import dev.aquifer.webhook.entitlement.ClusterSources;
import dev.aquifer.webhook.entitlement.ServedLabel;
import dev.aquifer.webhook.entitlement.Tenant;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The namespaces whose pods are to be looked at. The API server asks only about labelled ones, so that one without the
 * label is known from an earlier time, and counts as unknown until its label has arrived.
 */
final class LabelledTenants {
    private final TrimmedStore<Namespace, Tenant> all;
    private final Runnable sharingChanged;
    private final Waiters<Tenant> waiters = new Waiters<>(this::get);

    /** @param sharingChanged runs when another namespace may share the cluster's storage, or may no more */
    LabelledTenants(TenantReader reader, Runnable sharingChanged) {
        this.sharingChanged = sharingChanged;
        all = new TrimmedStore<>(reader::read, TenantReader::stub, this::changed);
    }

    /** Where an informer puts the namespaces. */
    ItemStore<Namespace> store() {
        return all;
    }

    @Nullable Tenant get(String namespace) {
        Tenant tenant = all.kept(namespace);
        return tenant != null && labelled(tenant) ? tenant : null;
    }

    /** The namespace as that of an owner, who needs no label; null when it is not known. */
    @Nullable Tenant owner(String namespace) {
        return all.kept(namespace);
    }

    /** Completes once the namespace is known with its label. */
    CompletableFuture<Tenant> whenKnown(String namespace) {
        return waiters.await(namespace);
    }

    private void changed(String namespace, @Nullable Tenant before, @Nullable Tenant after) {
        if (after != null && labelled(after)) {
            waiters.complete(namespace, after);
        }
        if (mayShare(before) != mayShare(after)) {
            sharingChanged.run();
        }
    }

    private static boolean mayShare(@Nullable Tenant owner) {
        return owner != null && ClusterSources.allowedBy(owner.labels());
    }

    static boolean labelled(Tenant tenant) {
        return ServedLabel.isIn(tenant.labels());
    }
}
