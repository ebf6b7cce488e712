package dev.aquifer.webhook.binder;

import dev.aquifer.webhook.binder.caching.NodeAgents;
import dev.aquifer.webhook.binder.election.Leadership;
import dev.aquifer.webhook.binder.election.LeaseSettings;
import dev.aquifer.webhook.binder.pairs.BindMode;
import dev.aquifer.webhook.binding.HandleRules;
import dev.aquifer.webhook.cluster.Served;
import dev.aquifer.webhook.entitlement.AcceptedOwners;
import dev.aquifer.webhook.rest.ApiServer;
import dev.aquifer.webhook.workload.JobSettings;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the bindings while it holds the lease, and does nothing while another replica does. Needs what the chart's role
 * for it names.
 */
public final class Binder implements MeterBinder, AutoCloseable {
    private static final int LEASE_TIMEOUT_MILLIS = 5_000;

    private final Leadership leadership;
    private volatile @Nullable Term term;

    /**
     * Stands for the lease from {@link #start} on.
     *
     * @param acceptedByAdmin the owners that every namespace accepts, as admission is told them
     * @param jobs what the binder's Jobs have in common
     * @param agents null where there are no node agents
     */
    public Binder(
            KubernetesClient client,
            LeaseSettings lease,
            Served served,
            AcceptedOwners acceptedByAdmin,
            HandleRules rules,
            BindMode mode,
            JobSettings jobs,
            @Nullable NodeAgents agents,
            MeterRegistry registry) {
        leadership = new Leadership(
                ApiServer.patient(client, LEASE_TIMEOUT_MILLIS, 0),
                lease,
                tenure -> begin(new Term(
                        client,
                        served,
                        acceptedByAdmin,
                        rules,
                        mode,
                        jobs,
                        agents,
                        lease.namespace(),
                        lease.identity(),
                        tenure,
                        registry)));
    }

    public void start() {
        leadership.start();
    }

    /** What is missing, as a sentence; null when nothing is. A replica that does not lead misses nothing. */
    public @Nullable String problem() {
        Term current = term;
        return current == null || current.isWorking() ? null : "not everything has been listed yet";
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("aquifer.binder.leader", () -> leadership.leads() ? 1 : 0)
                .description("Whether this replica holds the lease and writes")
                .register(registry);
    }

    /** Finishes the writes in flight, then gives the lease away. */
    @Override
    public void close() {
        leadership.close();
    }

    private AutoCloseable begin(Term begun) {
        term = begun;
        begun.start();
        return () -> {
            term = null;
            begun.close();
        };
    }
}
