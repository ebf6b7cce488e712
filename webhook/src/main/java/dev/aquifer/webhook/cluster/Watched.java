package dev.aquifer.webhook.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The objects of one kind, listed once in pages and then watched. What goes wrong is tried again for good, and what was
 * known meanwhile stays known.
 */
public final class Watched<V extends HasMetadata> implements MeterBinder, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Watched.class);
    /** So many objects are in memory as a whole at one moment. */
    private static final long PAGE = 500;

    private final SharedIndexInformer<V> informer;
    private final CacheAge age;

    /** Begins with {@link #start}. */
    public Watched(String kind, Informable<V> objects, ItemStore<V> store) {
        informer = objects.withLimit(PAGE)
                .runnableInformer(0)
                .removeNamespaceIndex()
                .itemStore(store)
                .exceptionHandler((started, failure) -> {
                    LOG.warn("watch failed kind={} cause=\"{}\"", kind, failure.getMessage());
                    return true;
                });
        age = new CacheAge(kind, informer::isWatching, System::nanoTime);
    }

    public void start() {
        informer.start();
    }

    /** Whether a list of all of them has succeeded. */
    public boolean isListed() {
        return informer.hasSynced();
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
        informer.stop();
    }
}
