package dev.aquifer.webhook.cli;

import dev.aquifer.certs.IssuedCertificate;
import dev.aquifer.webhook.admission.AdmissionServer;
import dev.aquifer.webhook.admission.Route;
import dev.aquifer.webhook.admission.ServerSettings;
import dev.aquifer.webhook.authority.Authority;
import dev.aquifer.webhook.authority.CertificateMetrics;
import dev.aquifer.webhook.authority.Condition;
import dev.aquifer.webhook.authority.Condition.Bad;
import dev.aquifer.webhook.authority.Condition.Good;
import dev.aquifer.webhook.cluster.InformedCluster;
import dev.aquifer.webhook.enrolment.Certificates;
import dev.aquifer.webhook.http.Arrivals;
import dev.aquifer.webhook.http.Connections;
import dev.aquifer.webhook.inject.Injector;
import dev.aquifer.webhook.management.KeptAnswer;
import dev.aquifer.webhook.management.ManagementServer;
import dev.aquifer.webhook.management.ReadinessCheck;
import dev.aquifer.webhook.report.Reports;
import dev.aquifer.webhook.tokens.Callers;
import dev.aquifer.webhook.tokens.TokenContext;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parts of {@code aquifer admission}, put together. Probes are answered from the start; everything else comes when
 * it can, and readiness says what is still missing.
 */
final class AdmissionProgram implements Program {
    private static final Logger LOG = LoggerFactory.getLogger(AdmissionProgram.class);

    private final AdmissionSettings settings;
    private final KubernetesClient client;
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Vertx vertx;
    private final InformedCluster cluster;
    private final AdmissionServer admission;
    private final Authority authority;
    private final ManagementServer management;
    private int managementPort;

    /** Begins to watch the cluster, and listens nowhere yet. The client is closed at the end. */
    AdmissionProgram(AdmissionSettings settings, KubernetesClient client) {
        int eventLoops = Runtime.getRuntime().availableProcessors();
        this.settings = settings;
        this.client = client;
        Connections connections = new Connections();
        vertx = ProgramMetrics.vertx(eventLoops, connections, registry);
        cluster = new InformedCluster(client, settings.acceptFrom(), settings.served());
        authority = Authority.on(
                client,
                settings.objects(),
                settings.names(),
                settings.authority(),
                Clock.systemUTC(),
                leaf -> Futures.await(serve(leaf)));
        Arrivals arrivals = new Arrivals(vertx);
        admission = new AdmissionServer(
                vertx,
                new ServerSettings(settings.management().host(), settings.port(), eventLoops, settings.drain()),
                new Injector(settings.recursiveReadOnly(), settings.seLinux()),
                cluster,
                connections,
                arrivals,
                routes(arrivals),
                registry);
        management = new ManagementServer(vertx, checks(), registry);
        ProgramMetrics.bind(registry, cluster, new CertificateMetrics(authority));
    }

    @Override
    public void start() {
        ManagementSettings where = settings.management();
        managementPort = Objects.requireNonNull(Futures.await(management.listen(where.host(), where.port())));
        authority.start();
    }

    @Override
    public int managementPort() {
        return managementPort;
    }

    int port() {
        return admission.port();
    }

    private List<Route> routes(Arrivals arrivals) {
        Callers callers = Callers.ofCluster(
                client, settings.names().namespace(), settings.nodeAccount(), settings.binderAccount());
        TokenContext tokens = TokenContext.of(vertx, arrivals, registry);
        List<Route> routes = new ArrayList<>(Reports.routes(tokens, callers, client));
        routes.add(Certificates.route(tokens, callers, authority::sign));
        return routes;
    }

    private Future<Void> serve(IssuedCertificate leaf) {
        return admission.serve(leaf);
    }

    @Override
    public void stop() {
        LOG.info("stopping drain={}", settings.drain());
        Futures.await(admission.stop());
        authority.close();
        cluster.close();
        Futures.await(vertx.close());
        client.close();
        LOG.info("stopped");
    }

    private List<ReadinessCheck> checks() {
        return List.of(
                new ReadinessCheck("cluster", cluster::problem),
                new ReadinessCheck("server", admission::problem),
                new ReadinessCheck(
                        "certificates", new KeptAnswer(() -> problem(authority.readiness()), System::nanoTime)));
    }

    private static @Nullable String problem(Condition condition) {
        return switch (condition) {
            case Good good -> null;
            case Bad bad -> bad.message();
        };
    }
}
