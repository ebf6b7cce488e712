package dev.aquifer.webhook.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import dev.aquifer.webhook.testing.PretendedApiServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ApiServerTest {
    private final Deque<Integer> answers = new ArrayDeque<>();
    private final AtomicInteger requests = new AtomicInteger();

    @SuppressWarnings("NullAway.Init")
    private PretendedApiServer server;

    @SuppressWarnings("NullAway.Init")
    private KubernetesClient client;

    @BeforeEach
    void listen() throws IOException {
        server = new PretendedApiServer("/", this::answer);
        client = server.client();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void waitsAsLongAsAnOverloadedServerAsks() {
        answers.addAll(List.of(429, 200));
        long start = System.nanoTime();
        assertThat(new ApiServer(client).get("/x").path("kind").asText()).isEqualTo("Thing");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        assertThat(requests).hasValue(2);
    }

    @Test
    void triesAServerThatFailsAFewTimesAndThenSaysSo() {
        answers.addAll(List.of(503, 503, 503, 503, 503));
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> new ApiServer(client).get("/x"))
                .satisfies(failure -> assertThat(failure.code()).isEqualTo(503));
        assertThat(requests).hasValue(4);
    }

    @Test
    void takesA429ForAnAnswerWhereItIsOne() {
        answers.add(429);
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> ApiServer.impatient(client).get("/x"))
                .satisfies(refusal -> assertThat(refusal.isTooMany()).isTrue());
        assertThat(requests).hasValue(1);
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        int code = answers.isEmpty() ? 200 : answers.poll();
        if (code == 429) {
            exchange.getResponseHeaders().add("Retry-After", "1");
        }
        PretendedApiServer.answer(exchange, code, "{\"kind\":\"Thing\"}");
    }
}
