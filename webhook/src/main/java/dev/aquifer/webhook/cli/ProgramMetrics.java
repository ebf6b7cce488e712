package dev.aquifer.webhook.cli;

import dev.aquifer.webhook.http.Connections;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.micrometer.MetricsDomain;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import java.util.List;
import java.util.Set;

/** What the JVM and Vert.x tell of themselves. */
final class ProgramMetrics {
    /** Vert.x looks up several meters for each request, which costs as much as the answer: we count those ourselves. */
    private static final Set<String> COUNTED_ELSEWHERE = Set.of(MetricsDomain.HTTP_SERVER.toCategory());

    /** Micrometer's own, whose names are not Prometheus' way: processor time in nanoseconds, and a gauge called a count. */
    private static final Set<String> MISNAMED = Set.of("process.cpu.time", "system.cpu.count");

    private static final int WORKERS = 2;

    private ProgramMetrics() {}

    static Vertx vertx(int eventLoops, Connections connections, MeterRegistry registry) {
        MicrometerMetricsOptions metrics =
                new MicrometerMetricsOptions().setEnabled(true).setDisabledMetricsCategories(COUNTED_ELSEWHERE);
        return Vertx.builder()
                .with(new VertxOptions()
                        .setEventLoopPoolSize(eventLoops)
                        .setWorkerPoolSize(WORKERS)
                        .setMetricsOptions(metrics))
                .withMetrics(new MicrometerMetricsFactory(registry))
                .withTransport(connections.transport())
                .build();
    }

    static void bind(MeterRegistry registry, MeterBinder... more) {
        registry.config().meterFilter(MeterFilter.deny(id -> MISNAMED.contains(id.getName())));
        List<MeterBinder> jvm = List.of(
                new JvmMemoryMetrics(),
                new JvmGcMetrics(),
                new JvmThreadMetrics(),
                new ClassLoaderMetrics(),
                new ProcessorMetrics(),
                new UptimeMetrics(),
                new FileDescriptorMetrics());
        jvm.forEach(binder -> binder.bindTo(registry));
        for (MeterBinder binder : more) {
            binder.bindTo(registry);
        }
    }
}
