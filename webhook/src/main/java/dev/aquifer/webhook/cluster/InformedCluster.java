package dev.aquifer.webhook.cluster;

import dev.aquifer.webhook.cluster.VolumeSlot.Usable;
import dev.aquifer.webhook.entitlement.AcceptedOwners;
import dev.aquifer.webhook.entitlement.Catalog;
import dev.aquifer.webhook.entitlement.KnownVolume;
import dev.aquifer.webhook.entitlement.Tenant;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps up with the cluster through two watches, and goes on with what it knows when one is lost. Needs get, list and
 * watch of namespaces and of sharedvolumes.aquifer.dev, in the whole cluster.
 */
public final class InformedCluster implements ClusterView, MeterBinder, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(InformedCluster.class);
    private static final String NAMESPACE = "Namespace";
    private static final String SHARED_VOLUME = "SharedVolume";
    private static final ResourceDefinitionContext SHARED_VOLUMES = new ResourceDefinitionContext.Builder()
            .withGroup("aquifer.dev")
            .withVersion("v1alpha1")
            .withKind(SHARED_VOLUME)
            .withPlural("sharedvolumes")
            .withNamespaced(true)
            .build();
    /** So many objects are in memory as a whole at one moment. */
    private static final long PAGE = 500;

    private static final long SAMPLE_SECONDS = 1;

    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("catalog").factory());
    private final LabelledTenants tenants;
    private final TrimmedStore<GenericKubernetesResource, VolumeSlot> volumes;
    private final CatalogKeeper catalog = new CatalogKeeper(this::readable, executor);
    private final SharedIndexInformer<Namespace> namespaceInformer;
    private final SharedIndexInformer<GenericKubernetesResource> volumeInformer;
    private final FirstSync firstSync;
    private final CacheAge namespaceAge;
    private final CacheAge volumeAge;

    /**
     * Begins to watch, without waiting for anything.
     *
     * @param acceptedByAdmin the owners that every tenant accepts
     */
    public InformedCluster(KubernetesClient client, AcceptedOwners acceptedByAdmin) {
        tenants = new LabelledTenants(new TenantReader(acceptedByAdmin));
        volumes = new TrimmedStore<>(new VolumeReader()::read, VolumeReader::stub, (key, slot) -> catalog.changed());
        namespaceInformer =
                prepare(NAMESPACE, client.namespaces().withLimit(PAGE).runnableInformer(0), tenants.store());
        volumeInformer = prepare(
                SHARED_VOLUME,
                client.genericKubernetesResources(SHARED_VOLUMES)
                        .inAnyNamespace()
                        .withLimit(PAGE)
                        .runnableInformer(0),
                volumes);
        firstSync = new FirstSync(namespaceInformer::hasSynced, () -> volumeInformer.hasSynced() && catalog.upToDate());
        namespaceAge = new CacheAge(NAMESPACE, namespaceInformer::isWatching, System::nanoTime);
        volumeAge = new CacheAge(SHARED_VOLUME, volumeInformer::isWatching, System::nanoTime);
        namespaceInformer.start();
        volumeInformer.start();
        var _ = executor.scheduleAtFixedRate(this::sample, SAMPLE_SECONDS, SAMPLE_SECONDS, TimeUnit.SECONDS);
    }

    private static <V extends HasMetadata> SharedIndexInformer<V> prepare(
            String kind, SharedIndexInformer<V> informer, ItemStore<V> store) {
        return informer.removeNamespaceIndex().itemStore(store).exceptionHandler((started, failure) -> {
            LOG.warn("watch failed kind={} cause=\"{}\"", kind, failure.getMessage());
            // whatever goes wrong, at the start or later, is tried again: what is known stays known
            return true;
        });
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
        namespaceAge.bindTo(registry);
        volumeAge.bindTo(registry);
    }

    @Override
    public void close() {
        namespaceInformer.stop();
        volumeInformer.stop();
        executor.shutdownNow();
    }

    private Collection<KnownVolume> readable() {
        List<KnownVolume> readable = new ArrayList<>();
        for (VolumeSlot slot : volumes.all()) {
            if (slot instanceof Usable(KnownVolume volume)) {
                readable.add(volume);
            }
        }
        return readable;
    }

    private void sample() {
        namespaceAge.sample();
        volumeAge.sample();
    }
}
