package dev.aquifer.webhook.cli;

import dev.aquifer.webhook.binder.Binder;
import dev.aquifer.webhook.binder.BindingSettings;
import dev.aquifer.webhook.binder.caching.NodeAgents;
import dev.aquifer.webhook.binder.election.LeaseSettings;
import dev.aquifer.webhook.http.Connections;
import dev.aquifer.webhook.management.ManagementServer;
import dev.aquifer.webhook.management.ReadinessCheck;
import dev.aquifer.webhook.origin.OriginSettings;
import dev.aquifer.webhook.report.AdmissionReports;
import dev.aquifer.webhook.report.HeadlessService;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts of {@code aquifer binder}, put together: probes are answered from the start, also by those who wait. */
final class BinderProgram implements Program {
    private static final Logger LOG = LoggerFactory.getLogger(BinderProgram.class);

    private final BinderSettings settings;
    private final KubernetesClient client;
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Vertx vertx = ProgramMetrics.vertx(1, new Connections(), registry);
    private final Binder binder;
    private final ManagementServer management;
    private int managementPort;

    /** Listens nowhere yet, and stands for no lease. The client is closed at the end. */
    BinderProgram(BinderSettings settings, KubernetesClient client) {
        this.settings = settings;
        this.client = client;
        binder = new Binder(
                client,
                LeaseSettings.of(settings.namespace(), settings.leaseName(), settings.identity()),
                new BindingSettings(
                        settings.served(),
                        settings.acceptFrom(),
                        settings.rules(),
                        settings.bind(),
                        settings.jobs(),
                        agents()),
                registry);
        management = new ManagementServer(vertx, List.of(new ReadinessCheck("cluster", binder::problem)), registry);
        ProgramMetrics.bind(registry, binder);
    }

    private @Nullable NodeAgents agents() {
        OriginSettings origins = settings.origins();
        ReportSettings from = settings.reports();
        return origins == null
                ? null
                : new NodeAgents(
                        origins,
                        AdmissionReports.of(
                                vertx,
                                client,
                                origins.namespace(),
                                from.service(),
                                new HeadlessService(from.each(), from.port()),
                                from.token()));
    }

    @Override
    public void start() {
        ManagementSettings where = settings.management();
        managementPort = Futures.await(management.listen(where.host(), where.port()));
        binder.start();
    }

    @Override
    public int managementPort() {
        return managementPort;
    }

    @Override
    public void stop() {
        LOG.info("stopping");
        binder.close();
        Futures.await(vertx.close());
        client.close();
        LOG.info("stopped");
    }
}
