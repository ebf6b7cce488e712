package dev.aquifer.webhook.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aquifer.webhook.binder.pairs.BindMode;
import dev.aquifer.webhook.binding.source.HandleRules;
import dev.aquifer.webhook.cluster.Served;
import dev.aquifer.webhook.entitlement.AcceptedOwners;
import dev.aquifer.webhook.testing.ControlPlane;
import dev.aquifer.webhook.workload.JobSettings;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.event.Level;

/** The binder's program answers probes, tells what it does, and gives its Lease away when it stops. */
final class BinderProgramIT {
    @RegisterExtension
    static final ControlPlane api = new ControlPlane().withDefinition();

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @Test
    void answersProbesAndGivesItsLeaseAway() throws Exception {
        api.namespace("binder-program", Map.of());
        BinderProgram program = new BinderProgram(
                new BinderSettings(
                        new ManagementSettings("127.0.0.1", 0, new LogSettings(LogFormat.TEXT, Level.INFO)),
                        "binder-program",
                        "lease",
                        "me",
                        BindMode.FAST,
                        JobSettings.of("aquifer:0.1.0"),
                        Served.ALL,
                        AcceptedOwners.NONE,
                        HandleRules.known(),
                        null,
                        BinderSettingsTest.REPORTS),
                new KubernetesClientBuilder()
                        .withConfig(api.client().getConfiguration())
                        .build());
        program.start();
        int port = program.managementPort();
        assertThat(get(port, "/livez")).contains("ok");
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(get(port, "/metrics"))
                        .contains("aquifer_binder_leader 1.0")
                        .contains("aquifer_bindings{state=\"bound\"}")
                        .contains("aquifer_watch_age_seconds{kind=\"PersistentVolume\"}"));
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(get(port, "/readyz")).contains("[+]cluster ok"));
        program.stop();

        // whoever waits for it need not wait until it has run out
        assertThat(api.client()
                        .leases()
                        .inNamespace("binder-program")
                        .withName("lease")
                        .get()
                        .getSpec()
                        .getLeaseDurationSeconds())
                .isEqualTo(1);
    }

    private static String get(int port, String path) throws IOException, InterruptedException {
        return HTTP.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }
}
