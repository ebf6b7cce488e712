package dev.aquifer.webhook.chart;

import static dev.aquifer.webhook.chart.Release.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.webhook.admission.AdmissionServer;
import dev.aquifer.webhook.admission.ServerSettings;
import dev.aquifer.webhook.authority.Authority;
import dev.aquifer.webhook.authority.AuthorityObjects;
import dev.aquifer.webhook.authority.AuthoritySettings;
import dev.aquifer.webhook.authority.Condition;
import dev.aquifer.webhook.authority.ServedNames;
import dev.aquifer.webhook.cluster.InformedCluster;
import dev.aquifer.webhook.cluster.Served;
import dev.aquifer.webhook.entitlement.AcceptedOwners;
import dev.aquifer.webhook.http.Arrivals;
import dev.aquifer.webhook.http.Connections;
import dev.aquifer.webhook.inject.Injector;
import dev.aquifer.webhook.testing.ControlPlane;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.WebhookClientConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Admission in this JVM, to which the webhook configurations of an installed chart lead as they are, but for the address:
 * there is no pod behind their Service.
 */
public final class RunningAdmission implements BeforeAllCallback, AfterAllCallback {
    private static final String HOST = "127.0.0.1";

    private final ControlPlane api;
    private final String secret;
    private @Nullable Vertx vertx;
    private @Nullable InformedCluster cluster;
    private @Nullable Authority authority;

    /** With an authority of its own. */
    public RunningAdmission(ControlPlane api) {
        this(api, Release.NAME + "-running-ca");
    }

    /** @param secret that of its authority */
    RunningAdmission(ControlPlane api, String secret) {
        this.api = api;
        this.secret = secret;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        if (!context.getEnclosingTestClasses().isEmpty()) {
            return;
        }
        int port = freePort();
        Connections connections = new Connections();
        Vertx running = Vertx.builder().withTransport(connections.transport()).build();
        vertx = running;
        InformedCluster known = new InformedCluster(api.client(), AcceptedOwners.NONE, Served.ALL);
        cluster = known;
        AdmissionServer server = new AdmissionServer(
                running,
                new ServerSettings(HOST, port, 1, Duration.ZERO),
                new Injector(true),
                known,
                connections,
                new Arrivals(running),
                List.of(),
                new SimpleMeterRegistry());
        lead(port);
        Authority certificates = Authority.on(
                api.client(),
                new AuthorityObjects(secret, "running-authority"),
                new ServedNames(Release.NAME, Release.NAMESPACE, List.of(HOST)),
                AuthoritySettings.defaults(),
                Clock.systemUTC(),
                leaf -> server.serve(leaf)
                        .toCompletionStage()
                        .toCompletableFuture()
                        .join());
        authority = certificates;
        certificates.start();
        eventually(() -> {
            assertThat(certificates.readiness()).isEqualTo(new Condition.Good());
            assertThat(known.problem()).isNull();
            assertThat(server.problem()).isNull();
        });
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (!context.getEnclosingTestClasses().isEmpty()) {
            return;
        }
        if (authority != null) {
            authority.close();
        }
        if (cluster != null) {
            cluster.close();
        }
        if (vertx != null) {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    private void lead(int port) {
        var v1 = api.client().admissionRegistration().v1();
        v1.mutatingWebhookConfigurations().withName(Release.NAME).edit(configuration -> {
            lead(configuration.getWebhooks().getFirst().getClientConfig(), port);
            return configuration;
        });
        v1.validatingWebhookConfigurations().withName(Release.NAME).edit(configuration -> {
            lead(configuration.getWebhooks().getFirst().getClientConfig(), port);
            return configuration;
        });
    }

    private static void lead(WebhookClientConfig client, int port) {
        client.setUrl(
                "https://%s:%d%s".formatted(HOST, port, client.getService().getPath()));
        client.setService(null);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
