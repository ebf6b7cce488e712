package dev.aquifer.webhook.cluster;

import dev.aquifer.webhook.entitlement.Catalog;
import dev.aquifer.webhook.entitlement.KnownVolume;
import java.util.Collection;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Rebuilds the catalog after changes, off the threads that learn of them; a burst of changes costs few rebuilds. */
final class CatalogKeeper {
    private final Supplier<Collection<KnownVolume>> volumes;
    private final Executor executor;
    private final AtomicLong changes = new AtomicLong();
    private volatile long built;
    private volatile Catalog catalog = Catalog.EMPTY;

    /** @param executor runs one task at a time */
    CatalogKeeper(Supplier<Collection<KnownVolume>> volumes, Executor executor) {
        this.volumes = volumes;
        this.executor = executor;
    }

    Catalog catalog() {
        return catalog;
    }

    /** Whether the catalog holds every change that was told. */
    boolean upToDate() {
        return built == changes.get();
    }

    void changed() {
        changes.incrementAndGet();
        executor.execute(this::rebuild);
    }

    private void rebuild() {
        long included = changes.get();
        if (built != included) {
            catalog = Catalog.of(volumes.get());
            built = included;
        }
    }
}
