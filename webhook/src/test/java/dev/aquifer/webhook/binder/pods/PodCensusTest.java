package dev.aquifer.webhook.binder.pods;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.aquifer.webhook.cluster.Served;
import dev.aquifer.webhook.rest.ApiServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PodCensusTest {
    private static final String PODS = """
            {"items": [
              {"metadata": {"annotations": {"aquifer.dev/injected":
                "{\\"o/ref\\":{\\"skipped\\":\\"paths-not-ready\\"},\\"o/other\\":{\\"skipped\\":\\"not-bound\\"}}"}}},
              {"metadata": {"annotations": {"aquifer.dev/injected":
                "{\\"o/ref\\":{\\"skipped\\":\\"paths-not-ready\\"},\\"o/had\\":{\\"role\\":\\"reader\\",\\"revision\\":1}}"}}},
              {"metadata": {"deletionTimestamp": "2026-01-01T00:00:00Z", "annotations": {"aquifer.dev/injected":
                "{\\"o/ref\\":{\\"skipped\\":\\"paths-not-ready\\"}}"}}},
              {"metadata": {"annotations": {"aquifer.dev/injected": "{\\"o/ref\\":"}}},
              {"metadata": {}}
            ]}""";

    @SuppressWarnings("NullAway.Init")
    private HttpServer server;

    @SuppressWarnings("NullAway.Init")
    private KubernetesClient client;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v1/pods", PodCensusTest::answer);
        server.start();
        client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(Config.empty())
                        .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
                        .build())
                .build();
    }

    @AfterEach
    void stop() {
        client.close();
        server.stop(0);
    }

    @Test
    void countsPodsThatAreWithoutAVolumeForItsDirectories() {
        assertThat(new PodCensus(new ApiServer(client), Served.ALL).take()).containsExactly(entry("o/ref", 2));
    }

    private static void answer(HttpExchange exchange) throws IOException {
        byte[] body = PODS.getBytes(UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
