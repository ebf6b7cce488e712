package dev.aquifer.webhook.cluster;

import dev.aquifer.webhook.entitlement.Catalog;
import dev.aquifer.webhook.entitlement.Tenant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The cluster as it is known at this moment. Answers from memory, never from the API server; safe for any thread. */
public interface ClusterView {

    /** All shared volumes. */
    Catalog catalog();

    /** The namespace, or null when it is not known, or not yet known with the label that has its pods looked at. */
    @Nullable Tenant tenant(String namespace);

    /**
     * Completes once the namespace is known, on whatever thread learns of it. It never fails and has no time limit: who
     * does not want to wait any longer cancels it.
     */
    CompletableFuture<Tenant> whenKnown(String namespace);
}
