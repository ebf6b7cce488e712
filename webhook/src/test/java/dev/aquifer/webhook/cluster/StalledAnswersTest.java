package dev.aquifer.webhook.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.aquifer.webhook.testing.PretendedApiServer;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.informers.cache.BasicItemStore;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Answers that stop behind their heads, as where the API server's machine is lost at this moment. */
final class StalledAnswersTest {
    private static final String LIST =
            "{\"kind\":\"NamespaceList\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\"1\"},\"items\":[%s]}";
    private static final Duration SOON = Duration.ofSeconds(15);

    private final AtomicInteger lists = new AtomicInteger();

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void nobodyWaitsForTheRestOfAnAnswerThatDoesNotCome() throws IOException {
        try (var server = new PretendedApiServer("/", StalledAnswersTest::begin);
                KubernetesClient client = client(server)) {
            CompletableFuture<?> read = CompletableFuture.runAsync(() ->
                    client.configMaps().inNamespace("ours").withName("one").get());
            CompletableFuture<?> reviewed = CompletableFuture.runAsync(() -> client.resource(
                            new TokenReviewBuilder().withNewSpec().endSpec().build())
                    .create());

            assertThat(read)
                    .failsWithin(SOON)
                    .withThrowableOfType(ExecutionException.class)
                    .withCauseInstanceOf(KubernetesClientException.class)
                    .havingRootCause()
                    .withMessage("Expected the rest of the API server's answer within PT10S, found none");
            assertThat(reviewed).failsWithin(SOON);
        }
    }

    @Test
    void aListThatStopsIsBegunAnew() throws IOException {
        try (var server = new PretendedApiServer("/api/v1/namespaces", this::list);
                KubernetesClient client = client(server)) {
            BasicItemStore<Namespace> store =
                    new BasicItemStore<>(namespace -> namespace.getMetadata().getName());
            try (Watched<Namespace> watched = new Watched<>("Namespace", client.namespaces(), store)) {
                watched.start();
                await().atMost(Duration.ofSeconds(60)).until(() -> store.size() == 1);
            }
        }
        assertThat(lists).hasValueGreaterThan(1);
    }

    @Test
    void anAnswerThatComesSlowlyIsWaitedFor() throws IOException {
        HttpHandler slow = exchange -> {
            byte[] text = LIST.formatted("").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, text.length);
            for (byte one : text) {
                exchange.getResponseBody().write(one);
                exchange.getResponseBody().flush();
                pause(Duration.ofMillis(30));
            }
            exchange.close();
        };
        try (var server = new PretendedApiServer("/api/v1/namespaces", slow);
                KubernetesClient client = impatient(server)) {
            assertThat(client.namespaces().list().getItems()).isEmpty();
        }
    }

    @Test
    void aWatchOverPlainHttpMayBeSilent() throws Exception {
        try (var server = new PretendedApiServer("/", StalledAnswersTest::begin);
                KubernetesClient client = impatient(server)) {
            assertThat(rest(client, "api/v1/namespaces?watch=true").isDone()).isFalse();
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> {
                throw rest(client, "api/v1/namespaces?limit=500").exceptionNow();
            });
        }
    }

    /** What has become of an answer's rest after four times as long as is waited. */
    private static CompletableFuture<Void> rest(KubernetesClient client, String path) throws Exception {
        var http = client.getHttpClient();
        var request = http.newHttpRequestBuilder()
                .uri(URI.create(client.getMasterUrl() + path))
                .build();
        AsyncBody body = http.consumeBytes(request, (parts, more) -> more.consume())
                .get(10, TimeUnit.SECONDS)
                .body();
        body.consume();
        pause(Duration.ofSeconds(2));
        return body.done();
    }

    private static KubernetesClient client(PretendedApiServer server) {
        return ClusterClient.create(new ConfigBuilder(server.client().getConfiguration()).build(), PulseRate.DEFAULT);
    }

    private static KubernetesClient impatient(PretendedApiServer server) {
        return new KubernetesClientBuilder()
                .withConfig(server.client().getConfiguration())
                .withHttpClientBuilderConsumer(http ->
                        http.addOrReplaceInterceptor("stalled-answers", new StalledAnswers(Duration.ofMillis(500))))
                .build();
    }

    private void list(HttpExchange exchange) throws IOException {
        if (exchange.getRequestURI().getQuery().contains("watch=true")) {
            PretendedApiServer.answer(exchange, 503, "{}");
        } else if (lists.incrementAndGet() == 1) {
            begin(exchange);
        } else {
            PretendedApiServer.answer(
                    exchange, 200, LIST.formatted("{\"metadata\":{\"name\":\"n\",\"resourceVersion\":\"1\"}}"));
        }
    }

    private static void begin(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 100);
        exchange.getResponseBody().write('{');
        exchange.getResponseBody().flush();
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
