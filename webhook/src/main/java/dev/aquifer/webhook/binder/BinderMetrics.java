package dev.aquifer.webhook.binder;

import dev.aquifer.webhook.binder.known.KnownClaim.Pair;
import dev.aquifer.webhook.binder.known.KnownCluster;
import dev.aquifer.webhook.binding.plan.VolumeCondition;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a leader knows of the cluster, in numbers; gone when it is none any more, so that no old number is shown. */
final class BinderMetrics implements AutoCloseable {
    static final List<String> STATES = List.of("bound", "pending", "lost", "deleting");

    private final MeterRegistry registry;
    private final KnownCluster cluster;
    private final List<Meter> gauges = new ArrayList<>();

    BinderMetrics(MeterRegistry registry, KnownCluster cluster) {
        this.registry = registry;
        this.cluster = cluster;
    }

    void start() {
        for (String state : STATES) {
            gauges.add(Gauge.builder("aquifer.bindings", () -> count(state))
                    .description("Claims that the binder made, by their state")
                    .tag("state", state)
                    .register(registry));
        }
        for (String condition : VolumeCondition.TYPES) {
            gauges.add(Gauge.builder(
                            "aquifer.binder.shared.volumes.troubled", () -> cluster.shared.countTroubled(condition))
                    .description("SharedVolumes with this condition in a state that says that something is wrong")
                    .tag("condition", condition)
                    .register(registry));
        }
        cluster.bindTo(registry);
        gauges.addAll(registry.find("aquifer.watch.age").meters());
    }

    @Override
    public void close() {
        gauges.forEach(registry::remove);
    }

    private long count(String state) {
        return cluster.claims.all().stream()
                .filter(claim ->
                        claim.value() instanceof Pair pair && state(pair).equals(state))
                .count();
    }

    private static String state(Pair pair) {
        return pair.claim().deleting() ? "deleting" : pair.claim().phase().toLowerCase(Locale.ROOT);
    }
}
