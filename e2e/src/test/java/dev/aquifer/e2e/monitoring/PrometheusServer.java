package dev.aquifer.e2e.monitoring;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aquifer.e2e.Asking;
import dev.aquifer.e2e.Ports;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/** A Prometheus of this machine, on loopback; closing it ends it. */
final class PrometheusServer implements AutoCloseable {
    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final int port;

    private PrometheusServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts it on the configuration {@code prometheus.yaml} of a folder, in which it keeps its data too. */
    static PrometheusServer start(Promtool programs, Path folder) throws IOException {
        int port = Ports.free();
        Process process = new ProcessBuilder(
                        programs.server().toString(),
                        "--config.file=" + folder.resolve("prometheus.yaml"),
                        "--storage.tsdb.path=" + folder.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("prometheus.log").toFile())
                .start();
        PrometheusServer server = new PrometheusServer(process, port);
        try {
            await().atMost(Duration.ofSeconds(60))
                    .ignoreExceptions()
                    .until(() -> server.get("targets").isObject());
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
        return server;
    }

    /** The samples that an expression has now. */
    JsonNode query(String expression) {
        return get("query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8))
                .path("result");
    }

    /** What Prometheus answers at a path of its API. */
    JsonNode get(String path) {
        String answer = Asking.send(
                        http,
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/api/v1/%s".formatted(port, path)))
                                .build())
                .body();
        JsonNode read = Serialization.unmarshal(answer, JsonNode.class);
        if (!read.path("status").asText().equals("success")) {
            throw new IllegalStateException("expected an answer to %s, found %s".formatted(path, answer));
        }
        return read.path("data");
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
