package dev.aquifer.webhook.management;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.Objects;

/**
 * Plain HTTP for kubelet and Prometheus: {@code /livez} while the event loop turns, {@code /readyz} with a line per
 * check, {@code /metrics} as Prometheus text 0.0.4.
 */
public final class ManagementServer {
    private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";
    private static final int IDLE_SECONDS = 60;

    private final Vertx vertx;
    private final HttpServer server;
    private final List<ReadinessCheck> checks;
    private final PrometheusMeterRegistry registry;

    public ManagementServer(Vertx vertx, List<ReadinessCheck> checks, PrometheusMeterRegistry registry) {
        this.vertx = vertx;
        this.checks = List.copyOf(checks);
        this.registry = registry;
        this.server = vertx.createHttpServer(new HttpServerOptions()
                        .setIdleTimeout(IDLE_SECONDS)
                        // one request at a time on a connection
                        .setHttp2ClearTextEnabled(false))
                .requestHandler(this::handle);
    }

    /** Listens; the answer is the port, which is a free one when 0 was asked for. */
    public Future<Integer> listen(String host, int port) {
        return server.listen(port, host).map(HttpServer::actualPort);
    }

    public Future<Void> close() {
        return server.close();
    }

    private void handle(HttpServerRequest request) {
        HttpServerResponse response = request.response().putHeader(HttpHeaders.CONTENT_TYPE, "text/plain");
        if (!HttpMethod.GET.equals(request.method()) && !HttpMethod.HEAD.equals(request.method())) {
            response.setStatusCode(405)
                    .putHeader(HttpHeaders.ALLOW, "GET, HEAD")
                    .end("Expected GET.\n");
            return;
        }
        switch (Objects.requireNonNullElse(request.path(), "")) {
            case "/livez" -> response.end("ok\n");
            case "/readyz" -> ready(response);
            case "/metrics" -> metrics(response);
            default -> response.setStatusCode(404).end("Expected /livez, /readyz or /metrics.\n");
        }
    }

    private void ready(HttpServerResponse response) {
        StringBuilder lines = new StringBuilder();
        boolean ready = true;
        for (ReadinessCheck check : checks) {
            String problem = check.problem().get();
            ready &= problem == null;
            lines.append(problem == null ? "[+]" : "[-]")
                    .append(check.name())
                    .append(problem == null ? " ok" : ": " + problem)
                    .append('\n');
        }
        response.setStatusCode(ready ? 200 : 503).end(lines.toString());
    }

    /** Writing out all metrics takes milliseconds: not on an event loop that answers reviews. */
    private void metrics(HttpServerResponse response) {
        vertx.executeBlocking(() -> Buffer.buffer(registry.scrape()), false)
                .onSuccess(text -> response.putHeader(HttpHeaders.CONTENT_TYPE, METRICS_TYPE)
                        .end(text))
                .onFailure(e -> response.setStatusCode(500).end("The metrics could not be collected.\n"));
    }
}
