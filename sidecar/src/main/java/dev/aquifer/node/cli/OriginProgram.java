package dev.aquifer.node.cli;

import dev.aquifer.node.identity.Identity;
import dev.aquifer.node.origin.Origin;
import dev.aquifer.node.origin.OriginSettings;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An origin with its certificate and its metrics. Until there is a certificate it walks, but does not listen. */
final class OriginProgram implements Program {
    private static final Logger LOG = LoggerFactory.getLogger(OriginProgram.class);

    private final OriginSettings settings;
    private final int metricsPort;
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Identity identity;
    private @Nullable Origin origin;
    private @Nullable MetricsServer metrics;

    OriginProgram(OriginSettings settings, int metricsPort, URI webhook, Path authorities, Path token) {
        this.settings = settings;
        this.metricsPort = metricsPort;
        this.identity = Identity.of(webhook, authorities, token);
    }

    @Override
    public void start() throws IOException, InterruptedException {
        CertificateGauge.register(registry, identity);
        identity.start();
        metrics = new MetricsServer(metricsPort, registry::scrape);
        origin = new Origin(settings, identity, registry);
        origin.walk();
        identity.await();
        origin.listen();
    }

    @Override
    public void stop() {
        identity.close();
        try {
            if (origin != null) {
                origin.close();
            }
        } catch (IOException e) {
            LOG.warn("event=stop-incomplete error=\"{}\"", e.getMessage());
        }
        if (metrics != null) {
            metrics.close();
        }
    }
}
