package dev.aquifer.webhook.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The objects of one kind, listed once in pages and then watched. What goes wrong is tried again for good, and what was
 * known meanwhile stays known.
 */
public final class Watched<V extends HasMetadata> implements MeterBinder, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Watched.class);
    /** So many objects are in memory as a whole at one moment, or fewer where they are long ({@link ListedPages}). */
    private static final long PAGE = 500;

    private final List<SharedIndexInformer<V>> informers;
    private final CacheAge age;

    /** All of these objects; begins with {@link #start}. */
    public Watched(String kind, Informable<V> objects, ItemStore<V> store) {
        this(kind, List.of(informer(kind, objects, store)));
    }

    private Watched(String kind, List<SharedIndexInformer<V>> informers) {
        this.informers = informers;
        age = new CacheAge(kind, () -> informers.stream().allMatch(SharedIndexInformer::isWatching), System::nanoTime);
    }

    /** The objects of the namespaces that are served, in one store. */
    public static <V extends HasMetadata> Watched<V> in(
            Served served, String kind, MixedOperation<V, ?, ?> objects, ItemStore<V> store) {
        if (served.everywhere()) {
            return new Watched<>(kind, objects.inAnyNamespace(), store);
        }
        return new Watched<>(
                kind,
                served.names().stream()
                        .map(namespace ->
                                informer(kind, objects.inNamespace(namespace), new PartOfStore<>(store, namespace)))
                        .toList());
    }

    private static <V extends HasMetadata> SharedIndexInformer<V> informer(
            String kind, Informable<V> objects, ItemStore<V> store) {
        return objects.withLimit(PAGE)
                .runnableInformer(0)
                .removeNamespaceIndex()
                .itemStore(store)
                .exceptionHandler((started, failure) -> {
                    LOG.warn("watch failed kind={} cause=\"{}\"", kind, failure.getMessage());
                    return true;
                });
    }

    public void start() {
        informers.forEach(SharedIndexInformer::start);
    }

    /** Whether a list of all of them has succeeded. */
    public boolean isListed() {
        return informers.stream().allMatch(SharedIndexInformer::hasSynced);
    }

    /** Is to be called often, for the age of what is known. */
    public void sample() {
        age.sample();
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        age.bindTo(registry);
    }

    @Override
    public void close() {
        informers.forEach(SharedIndexInformer::stop);
    }
}
