package dev.aquifer.node.cli;

import dev.aquifer.node.fetch.FetchProgram;
import dev.aquifer.node.fetch.FetchSettings;
import dev.aquifer.node.identity.Identity;
import dev.aquifer.node.identity.WebhookReports;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The fetching process with its certificate and its metrics. */
final class FetchCommandProgram implements Program {
    private static final Logger LOG = LoggerFactory.getLogger(FetchCommandProgram.class);

    private final FetchSettings settings;
    private final int metricsPort;
    private final Identity identity;
    private final WebhookReports reports;
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private @Nullable FetchProgram fetch;
    private @Nullable MetricsServer metrics;

    FetchCommandProgram(FetchSettings settings, URI webhook, Path authorities, Path token, int metricsPort) {
        this.settings = settings;
        this.metricsPort = metricsPort;
        this.identity = Identity.of(webhook, authorities, token);
        this.reports = new WebhookReports(webhook, authorities, token);
    }

    /** Without a certificate too: a complete snapshot needs none. */
    @Override
    public void start() throws IOException {
        identity.start();
        CertificateGauge.register(registry, identity);
        fetch = FetchProgram.start(settings, identity, reports::send, registry);
        metrics = new MetricsServer(metricsPort, registry::scrape);
    }

    @Override
    public void stop() {
        try (MetricsServer _ = metrics;
                FetchProgram _ = fetch) {
            identity.close();
        } catch (IOException failure) {
            LOG.warn("event=stop-failed error=\"{}\"", failure.getMessage());
        }
    }
}
