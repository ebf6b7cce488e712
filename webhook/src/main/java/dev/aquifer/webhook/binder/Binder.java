package dev.aquifer.webhook.binder;

import dev.aquifer.webhook.binder.election.Leadership;
import dev.aquifer.webhook.binder.election.LeaseSettings;
import dev.aquifer.webhook.rest.LimitedClient;
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

    /** Stands for the lease from {@link #start} on. */
    public Binder(KubernetesClient client, LeaseSettings lease, BindingSettings settings, MeterRegistry registry) {
        leadership = new Leadership(
                LimitedClient.of(client, LEASE_TIMEOUT_MILLIS),
                lease,
                tenure -> begin(new Term(client, lease, settings, tenure, registry)));
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
