package dev.aquifer.webhook.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ManagementServerTest {
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicReference<@Nullable String> problem = new AtomicReference<>();
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final int port = await(new ManagementServer(
                    vertx,
                    List.of(new ReadinessCheck("always", () -> null), new ReadinessCheck("sometimes", problem::get)),
                    registry)
            .listen("127.0.0.1", 0));

    @AfterEach
    void stop() {
        client.close();
        await(vertx.close());
    }

    @Test
    void isReadyWhenNoCheckHasAProblem() throws Exception {
        assertThat(get("/readyz").statusCode()).isEqualTo(200);
        assertThat(get("/readyz").body()).isEqualTo("[+]always ok\n[+]sometimes ok\n");
    }

    @Test
    void saysWhatIsMissingAndStaysAlive() throws Exception {
        problem.set("the namespaces have not been listed yet");
        assertThat(get("/readyz").statusCode()).isEqualTo(503);
        assertThat(get("/readyz").body())
                .isEqualTo("[+]always ok\n[-]sometimes: the namespaces have not been listed yet\n");
        assertThat(get("/livez").statusCode()).isEqualTo(200);
        problem.set(null);
        assertThat(get("/readyz").statusCode()).isEqualTo(200);
    }

    @Test
    void showsMetricsAsPrometheusReadsThem() throws Exception {
        registry.counter("things").increment();
        HttpResponse<String> metrics = get("/metrics");
        assertThat(metrics.headers().firstValue("content-type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain; version=0.0.4"));
        assertThat(metrics.body()).contains("things_total 1.0");
    }

    @Test
    void refusesOtherPathsAndMethods() throws Exception {
        assertThat(get("/mutate").statusCode()).isEqualTo(404);
        HttpRequest post = HttpRequest.newBuilder(uri("/livez"))
                .POST(BodyPublishers.noBody())
                .build();
        assertThat(client.send(post, BodyHandlers.ofString()).statusCode()).isEqualTo(405);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:%d%s".formatted(port, path));
    }

    private static <T extends @Nullable Object> T await(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }
}
