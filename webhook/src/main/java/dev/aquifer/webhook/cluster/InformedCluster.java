package dev.aquifer.webhook.cluster;

import dev.aquifer.webhook.cluster.VolumeSlot.Usable;
import dev.aquifer.webhook.entitlement.AcceptedOwners;
import dev.aquifer.webhook.entitlement.Catalog;
import dev.aquifer.webhook.entitlement.ClusterSources;
import dev.aquifer.webhook.entitlement.KnownVolume;
import dev.aquifer.webhook.entitlement.Tenant;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps up with the cluster through two watches, and goes on with what it knows when one is lost. Needs get, list and
 * watch of namespaces and of sharedvolumes.aquifer.dev in the whole cluster, or of the latter where it serves namespaces
 * by their names.
 */
public final class InformedCluster implements ClusterView, MeterBinder, AutoCloseable {
    private static final long SAMPLE_SECONDS = 1;

    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("catalog").factory());
    private final LabelledTenants tenants;
    private final TrimmedStore<GenericKubernetesResource, VolumeSlot> volumes;
    private final CatalogKeeper catalog = new CatalogKeeper(this::shared, executor);
    private final List<Watched<?>> watched = new ArrayList<>();
    private final FirstSync firstSync;

    /**
     * Begins to watch, without waiting for anything.
     *
     * @param acceptedByAdmin the owners that every tenant accepts
     */
    public InformedCluster(KubernetesClient client, AcceptedOwners acceptedByAdmin, Served served) {
        tenants = new LabelledTenants(new TenantReader(acceptedByAdmin), catalog::changed);
        volumes = new TrimmedStore<>(
                new VolumeReader(served)::read, TrimmedStore::stub, (key, before, after) -> catalog.changed());
        served.names().forEach(name -> tenants.store().put(name, TenantReader.assumed(name)));
        if (served.everywhere()) {
            watched.add(new Watched<>("Namespace", client.namespaces(), tenants.store()));
        }
        List<Watched<?>> namespaces = List.copyOf(watched);
        Watched<GenericKubernetesResource> watchedVolumes = SharedVolumeKind.watched(client, served, volumes);
        watched.add(watchedVolumes);
        firstSync = new FirstSync(
                () -> namespaces.stream().allMatch(Watched::isListed),
                () -> watchedVolumes.isListed() && catalog.upToDate());
        watched.forEach(Watched::start);
        var _ = executor.scheduleAtFixedRate(this::sample, SAMPLE_SECONDS, SAMPLE_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public Catalog catalog() {
        return catalog.catalog();
    }

    @Override
    public @Nullable Tenant tenant(String namespace) {
        return tenants.get(namespace);
    }

    @Override
    public CompletableFuture<Tenant> whenKnown(String namespace) {
        return tenants.whenKnown(namespace);
    }

    /** What is not known yet, as a sentence; null once everything has been listed. */
    public @Nullable String problem() {
        return firstSync.problem();
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        watched.forEach(one -> one.bindTo(registry));
    }

    @Override
    public void close() {
        watched.forEach(Watched::close);
        executor.shutdownNow();
    }

    private Collection<KnownVolume> shared() {
        List<KnownVolume> shared = new ArrayList<>();
        for (VolumeSlot slot : volumes.all()) {
            if (slot instanceof Usable(KnownVolume volume)
                    && ClusterSources.allow(volume, tenants.owner(volume.owner()))) {
                shared.add(volume);
            }
        }
        return shared;
    }

    private void sample() {
        watched.forEach(Watched::sample);
    }
}
