package dev.aquifer.webhook.admission;

import dev.aquifer.webhook.cluster.ClusterView;
import dev.aquifer.webhook.entitlement.Catalog;
import dev.aquifer.webhook.entitlement.Tenant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A cluster that knows what a test tells it. */
final class FakeCluster implements ClusterView {
    private final Map<String, Tenant> tenants = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<Tenant>> awaited = new ConcurrentHashMap<>();
    private final AtomicInteger awaiting = new AtomicInteger();
    private final AtomicInteger everAwaited = new AtomicInteger();
    private volatile Catalog catalog = Catalog.EMPTY;
    private volatile @Nullable Runnable onCatalog;
    private volatile @Nullable Error failure;

    void knows(Tenant tenant) {
        tenants.put(tenant.namespace(), tenant);
        CompletableFuture<Tenant> waiter = awaited.remove(tenant.namespace());
        if (waiter != null) {
            waiter.complete(tenant);
        }
    }

    void shares(Catalog volumes) {
        catalog = volumes;
    }

    /** Whoever asks for the volumes from now on meets a bug. */
    void breaks() {
        onCatalog(() -> {
            throw new IllegalStateException("secret detail");
        });
    }

    /** This is done on the thread of whoever asks for the volumes. */
    void onCatalog(Runnable action) {
        onCatalog = action;
    }

    /** Whoever asks for a namespace from now on meets an error that is no exception. */
    void failsWith(Error error) {
        failure = error;
    }

    /** How many wait for a namespace at this moment. */
    int awaiting() {
        return awaiting.get();
    }

    /** How often somebody began to wait for a namespace. */
    int everAwaited() {
        return everAwaited.get();
    }

    @Override
    public Catalog catalog() {
        Runnable action = onCatalog;
        if (action != null) {
            action.run();
        }
        return catalog;
    }

    @Override
    public @Nullable Tenant tenant(String namespace) {
        Error error = failure;
        if (error != null) {
            throw error;
        }
        return tenants.get(namespace);
    }

    @Override
    public CompletableFuture<Tenant> whenKnown(String namespace) {
        everAwaited.incrementAndGet();
        awaiting.incrementAndGet();
        CompletableFuture<Tenant> waiter = awaited.computeIfAbsent(namespace, none -> new CompletableFuture<>());
        var _ = waiter.whenComplete((tenant, gone) -> awaiting.decrementAndGet());
        return waiter;
    }
}
