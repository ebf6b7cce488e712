package dev.aquifer.benchmarks;

import dev.aquifer.webhook.cluster.ClusterView;
import dev.aquifer.webhook.entitlement.Catalog;
import dev.aquifer.webhook.entitlement.Tenant;
import java.util.concurrent.CompletableFuture;

/** A cluster that never changes: many shared volumes, of which one is granted to the tenant that every namespace is. */
record FixedCluster(Catalog catalog, Tenant everyone) implements ClusterView {

    static FixedCluster withVolumes(int count) {
        return new FixedCluster(Catalog.of(Samples.volumes(count)), Samples.tenant());
    }

    @Override
    public Tenant tenant(String namespace) {
        return everyone;
    }

    @Override
    public CompletableFuture<Tenant> whenKnown(String namespace) {
        return CompletableFuture.completedFuture(everyone);
    }
}
