package dev.aquifer.webhook.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aquifer.webhook.entitlement.AcceptedOwners;
import dev.aquifer.webhook.entitlement.Tenant;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AdmissionServerTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final TestServer server = new TestServer();

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void answersOverEitherVersionOfHttp(HttpClient.Version version) throws Exception {
        try (HttpClient client = server.client(version)) {
            HttpResponse<String> answer = client.send(
                    server.request("/mutate?timeout=2s")
                            .POST(BodyPublishers.ofString(Reviews.of(Reviews.plainPod())))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(answer.version()).isEqualTo(version);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("content-type")).hasValue("application/json");
            assertThat(response(answer).path("allowed").asBoolean()).isTrue();
            assertThat(response(answer).path("uid").asText()).isEqualTo(Reviews.UID);
        }
    }

    @Test
    void deniesWhatThePodMayNotHave() throws Exception {
        JsonNode response = response(server.post(Reviews.of(Reviews.podThatAsksFor("secret"))));
        assertThat(response.path("allowed").asBoolean()).isFalse();
        assertThat(response.path("status").path("message").asText()).contains("secret");
        assertThat(server.count("denied", "not-granted")).isOne();
    }

    @Test
    void countsAndTimesEveryAnswer() throws Exception {
        server.post(Reviews.of(Reviews.plainPod()));
        server.post("nonsense");
        assertThat(server.registry.scrape())
                .contains("aquifer_admission_requests_total{outcome=\"admitted\",reason=\"not-selected\"} 1.0")
                .contains("aquifer_admission_requests_total{outcome=\"refused\",reason=\"malformed-review\"} 1.0")
                .contains("aquifer_admission_duration_seconds_bucket{le=\"1.0E-4\"}")
                .contains("aquifer_admission_duration_seconds_count 2");
    }

    @Nested
    class Guarding {
        private static final String CLAIM = "aquifer-ro-data-ref-abcdefghijklmnop";

        @Test
        void deniesAClaimThatThePodWasNotGiven() throws Exception {
            JsonNode response = response(server.post("/validate?timeout=5s", Reviews.of(Reviews.podThatNames(CLAIM))));
            assertThat(response.path("allowed").asBoolean()).isFalse();
            assertThat(response.path("status").path("code").asInt()).isEqualTo(403);
            assertThat(response.path("status").path("message").asText()).contains("try again");
        }

        @Test
        void looksAtEphemeralContainersToo() throws Exception {
            String update = Reviews.of(Reviews.podThatNames(CLAIM))
                    .replace(
                            "\"operation\":\"CREATE\"",
                            "\"subResource\":\"ephemeralcontainers\",\"operation\":\"UPDATE\"");
            assertThat(response(server.post("/validate", update))
                            .path("allowed")
                            .asBoolean())
                    .isTrue();
            assertThat(response(server.post("/mutate", update)).path("allowed").asBoolean())
                    .isFalse();
        }

        @Test
        void deniesInANamespaceThatIsNotLabelled() throws Exception {
            String review = Reviews.in("elsewhere");
            assertThat(response(server.post("/validate?timeout=1s", review))
                            .path("status")
                            .path("code")
                            .asInt())
                    .isEqualTo(503);
        }

        @Test
        void countsApart() throws Exception {
            server.post("/validate", Reviews.of(Reviews.podThatNames(CLAIM)));
            assertThat(server.registry.scrape())
                    .contains("aquifer_guard_requests_total{outcome=\"denied\",reason=\"guarded\"} 1.0")
                    .contains("aquifer_guard_duration_seconds_count 1")
                    .contains("aquifer_admission_duration_seconds_count 0");
        }
    }

    @Test
    void saysOnlyThatItIsItsOwnFaultWhenItHasABug() throws Exception {
        server.cluster.breaks();
        HttpResponse<String> answer = server.post(Reviews.of(Reviews.plainPod()));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(response(answer).path("allowed").asBoolean()).isFalse();
        assertThat(response(answer).path("status").path("code").asInt()).isEqualTo(500);
        assertThat(answer.body()).doesNotContain("secret detail").doesNotContain("Exception");
    }

    @ParameterizedTest
    @ValueSource(ints = {10_000, Reviewer.HUGE})
    void answersAndFreesItsMemoryAfterAnError(int size) throws Exception {
        server.cluster.failsWith(new StackOverflowError("secret detail"));
        HttpResponse<String> answer =
                server.send(server.request("/mutate").POST(BodyPublishers.ofByteArray(Reviews.ofSize(size))));
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).doesNotContain("secret detail").doesNotContain("Error");
        assertThat(server.gauge("aquifer.admission.inflight")).isZero();
    }

    @Test
    void deniesAPodWhoseDecisionEndsInAnError() throws Exception {
        server.cluster.onCatalog(() -> {
            throw new StackOverflowError();
        });
        JsonNode response = response(server.post(Reviews.of(Reviews.plainPod())));
        assertThat(response.path("allowed").asBoolean()).isFalse();
        assertThat(response.path("status").path("code").asInt()).isEqualTo(500);
        assertThat(server.count("denied", "internal")).isOne();
    }

    @Test
    void answersManyAtOnce() {
        List<CompletableFuture<HttpResponse<String>>> answers = IntStream.range(0, 100)
                .mapToObj(i -> server.sendLater(
                        server.request("/mutate").POST(BodyPublishers.ofString(Reviews.of(Reviews.plainPod())))))
                .toList();
        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.join().statusCode()).isEqualTo(200));
        assertThat(server.gauge("aquifer.admission.inflight")).isZero();
    }

    @Nested
    class OfWrongRequests {
        static List<String> withoutAnAnswer() {
            return Reviews.withoutAnAnswer();
        }

        @ParameterizedTest
        @MethodSource("withoutAnAnswer")
        void saysWhatIsWrongWithABodyThatHasNoUid(String body) throws Exception {
            HttpResponse<String> answer = server.post(body);
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).startsWith("Expected").doesNotContain("Exception", "\tat ");
        }

        @ParameterizedTest
        @CsvSource({"GET", "PUT", "DELETE", "PATCH", "OPTIONS", "BREW"})
        void allowsOnlyPost(String method) throws Exception {
            HttpResponse<String> answer = server.send(
                    server.request("/mutate").method(method, BodyPublishers.ofString(Reviews.of(Reviews.plainPod()))));
            assertThat(answer.statusCode()).isEqualTo(405);
            assertThat(answer.headers().firstValue("allow")).hasValue("POST");
        }

        @ParameterizedTest
        @CsvSource({"/", "/mutate/", "/validated", "/metrics", "//mutate"})
        void knowsOnlyItsOwnPath(String path) throws Exception {
            assertThat(server.post(path, Reviews.of(Reviews.plainPod())).statusCode())
                    .isEqualTo(404);
        }

        @ParameterizedTest
        @CsvSource({
            "application/json, 200",
            "Application/JSON, 200",
            "application/json; charset=utf-8, 200",
            "application/jsonp, 415",
            "text/plain, 415",
            "application/x-www-form-urlencoded, 415"
        })
        void takesOnlyJson(String type, int status) throws Exception {
            HttpResponse<String> answer = server.send(server.request("/mutate")
                    .setHeader("Content-Type", type)
                    .POST(BodyPublishers.ofString(Reviews.of(Reviews.plainPod()))));
            assertThat(answer.statusCode()).isEqualTo(status);
        }

        @Test
        void takesNoEncodedBody() throws Exception {
            HttpResponse<String> answer = server.send(server.request("/mutate")
                    .setHeader("Content-Encoding", "gzip")
                    .POST(BodyPublishers.ofString("x")));
            assertThat(answer.statusCode()).isEqualTo(415);
        }

        @ParameterizedTest
        @CsvSource({
            "timeout=2s, 200",
            "timeout=1m30s, 200",
            "timeout=99999d, 200",
            "x=y&timeout=10s, 200",
            "x=y, 200",
            "timeout=soon, 400",
            "timeout=, 400",
            "timeout=-1s, 400"
        })
        void readsTheTimeout(String query, int status) throws Exception {
            assertThat(server.post("/mutate?" + query, Reviews.of(Reviews.plainPod()))
                            .statusCode())
                    .isEqualTo(status);
        }

        @Test
        void givesUpOnABodyThatDoesNotArriveInTime() throws Exception {
            try (SSLSocket socket = handshake()) {
                write(
                        socket,
                        "POST /mutate?timeout=100ms HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                + "Content-Length: 1000\r\n\r\n{");
                assertThat(readAll(socket)).startsWith("HTTP/1.1 408").contains("Expected the whole review");
            }
            assertThat(server.gauge("aquifer.admission.inflight")).isZero();
        }

        @Test
        void answersABodyThatIsNotHttpAndGoesOn() throws Exception {
            try (SSLSocket socket = handshake()) {
                write(socket, "nonsense\r\n\r\n");
                assertThat(readAll(socket)).contains(" 400 Bad Request");
            }
            assertThat(server.post(Reviews.of(Reviews.plainPod())).statusCode()).isEqualTo(200);
        }
    }

    @Nested
    class OfHugeBodies {
        @Test
        void readsAPodThatEscapesHaveBlownUp() throws Exception {
            HttpResponse<String> answer = server.post(Reviews.of(Reviews.podOfEscapes()));
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(response(answer).path("allowed").asBoolean()).isTrue();
            assertThat(server.gauge("aquifer.admission.inflight")).isZero();
        }

        @Test
        void decidesThemOffTheEventLoop() throws Exception {
            List<String> threads = new CopyOnWriteArrayList<>();
            server.cluster.onCatalog(() -> threads.add(Thread.currentThread().getName()));
            post(Reviews.ofSize(Reviewer.HUGE));
            assertThat(threads).singleElement().asString().contains("huge-reviews");
        }

        @Test
        void doesNotReadAReviewWhoseSenderHasGone() throws Exception {
            CompletableFuture<Void> done = new CompletableFuture<>();
            AtomicInteger decided = new AtomicInteger();
            server.cluster.onCatalog(() -> {
                decided.incrementAndGet();
                done.join();
            });
            byte[] body = Reviews.ofSize(Reviewer.HUGE);
            var first = server.sendLater(server.request("/mutate").POST(BodyPublishers.ofByteArray(body)));
            await().until(() -> decided.get() == 1);
            long sent = System.nanoTime();
            var late = server.sendLater(server.request("/mutate?timeout=2s").POST(BodyPublishers.ofByteArray(body)));
            await().until(() -> System.nanoTime() - sent > Duration.ofSeconds(3).toNanos());
            done.complete(null);
            assertThat(first.get().statusCode()).isEqualTo(200);
            assertThat(late.get().statusCode()).isEqualTo(429);
            assertThat(decided).hasValue(1);
        }

        @Test
        void readsTheLargestReview() throws Exception {
            assertThat(post(Reviews.ofSize(Exchange.LARGEST_BODY)).statusCode()).isEqualTo(200);
        }

        @Test
        void refusesOneByteMore() throws Exception {
            HttpResponse<String> answer = post(Reviews.ofSize(Exchange.LARGEST_BODY + 1));
            assertThat(answer.statusCode()).isEqualTo(413);
            assertThat(answer.body()).contains("16 MiB");
        }

        @ParameterizedTest
        @EnumSource
        void refusesOneByteMoreOfABodyThatDeclaresNoLength(HttpClient.Version version) throws Exception {
            byte[] body = Reviews.ofSize(Exchange.LARGEST_BODY + 1);
            try (HttpClient client = server.client(version)) {
                HttpRequest request = server.request("/mutate")
                        .POST(BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(body)))
                        .build();
                assertThat(client.send(request, BodyHandlers.ofString()).statusCode())
                        .isEqualTo(413);
            }
            assertThat(server.gauge("aquifer.admission.inflight")).isZero();
        }

        @Test
        void answersBusyWhenAllBodiesTogetherAreTooMuchAndStillTakesSmallOnes() throws Exception {
            int half = Exchange.LARGEST_BODY / 2;
            String head = String.join(
                    "\r\n",
                    "POST /mutate HTTP/1.1",
                    "Host: localhost",
                    "Content-Type: application/json",
                    "Content-Length: %d",
                    "",
                    "");
            try (SSLSocket first = handshake();
                    SSLSocket second = handshake()) {
                write(first, head.formatted(Exchange.LARGEST_BODY) + "x".repeat(Exchange.LARGEST_BODY - 1));
                write(second, head.formatted(half) + "x".repeat(half - 1));
                await().untilAsserted(() ->
                        assertThat(server.gauge("aquifer.admission.inflight")).isEqualTo(1.5 * Exchange.LARGEST_BODY));
                HttpResponse<String> answer = post(Reviews.ofSize(2 * Reviewer.HUGE));
                assertThat(answer.statusCode()).isEqualTo(429);
                assertThat(answer.headers().firstValue("retry-after")).hasValue("1");
                assertThat(server.post(Reviews.of(Reviews.plainPod())).statusCode())
                        .isEqualTo(200);
            }
            await().untilAsserted(() ->
                    assertThat(server.gauge("aquifer.admission.inflight")).isZero());
            assertThat(server.post(Reviews.of(Reviews.plainPod())).statusCode()).isEqualTo(200);
        }

        private HttpResponse<String> post(byte[] body) throws IOException, InterruptedException {
            return server.send(server.request("/mutate").POST(BodyPublishers.ofByteArray(body)));
        }
    }

    @Nested
    class OfNewNamespaces {
        @Test
        void answersAsSoonAsTheNamespaceIsKnown() throws Exception {
            var answer = server.sendLater(
                    server.request("/mutate?timeout=10s").POST(BodyPublishers.ofString(Reviews.in("brand-new"))));
            await().until(() -> server.cluster.awaiting() == 1);
            server.cluster.knows(new Tenant("brand-new", Map.of(), AcceptedOwners.NONE));
            assertThat(response(answer.get()).path("allowed").asBoolean()).isTrue();
        }

        @Test
        void keepsOfThoseWhoWaitNothingButTheirBodiesWhichAreCounted() throws Exception {
            String review = Reviews.in("brand-new");
            var answer = server.sendLater(server.request("/mutate?timeout=10s").POST(BodyPublishers.ofString(review)));
            await().until(() -> server.cluster.awaiting() == 1);

            assertThat(server.gauge("aquifer.admission.inflight")).isGreaterThanOrEqualTo(review.length());
            assertThat(ReviewResult.UnknownTenant.class.getRecordComponents())
                    .extracting(RecordComponent::getType)
                    .as("what is kept meanwhile, beside the body")
                    .containsOnly(String.class);

            server.cluster.knows(new Tenant("brand-new", Map.of(), AcceptedOwners.NONE));
            assertThat(response(answer.get()).path("allowed").asBoolean()).isTrue();
            await().untilAsserted(() ->
                    assertThat(server.gauge("aquifer.admission.inflight")).isZero());
        }

        @Test
        void deniesWhenTheNamespaceDoesNotBecomeKnown() throws Exception {
            long started = System.nanoTime();
            JsonNode response = response(server.post(Reviews.in("nowhere")));
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isGreaterThanOrEqualTo(Duration.ofMillis(490));
            assertThat(response.path("allowed").asBoolean()).isFalse();
            assertThat(response.path("status").path("message").asText()).contains("nowhere");
            assertThat(server.count("denied", "unknown-namespace")).isOne();
            assertThat(server.cluster.awaiting()).isZero();
        }

        @Test
        void doesNotWaitWhenTheApiServerWillNot() throws Exception {
            JsonNode response = response(server.post("/mutate?timeout=200ms", Reviews.in("nowhere")));
            assertThat(response.path("allowed").asBoolean()).isFalse();
            assertThat(server.cluster.everAwaited()).isZero();
        }
    }

    @Nested
    class OfCertificates {
        @Test
        void servesANewOneToNewConnectionsAndKeepsTheOldOnes() throws Exception {
            try (SSLSocket old = handshake()) {
                Certificate before = old.getSession().getPeerCertificates()[0];
                TestServer.await(server.server.serve(server.leaf()));
                try (SSLSocket fresh = handshake()) {
                    assertThat(fresh.getSession().getPeerCertificates()[0]).isNotEqualTo(before);
                }
                write(
                        old,
                        "POST /mutate HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                                + "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");
                assertThat(readAll(old)).startsWith("HTTP/1.1 400");
            }
        }

        @Test
        void speaksHttp2AfterASwapToo() throws Exception {
            TestServer.await(server.server.serve(server.leaf()));
            answersOverEitherVersionOfHttp(HttpClient.Version.HTTP_2);
            answersOverEitherVersionOfHttp(HttpClient.Version.HTTP_1_1);
        }

        @Test
        void losesNoRequestWhileItSwapsOverAndOver() {
            List<CompletableFuture<HttpResponse<String>>> answers = IntStream.range(0, 200)
                    .mapToObj(i -> {
                        if (i % 20 == 0) {
                            TestServer.await(server.server.serve(server.leaf()));
                        }
                        return server.sendLater(server.request("/mutate")
                                .POST(BodyPublishers.ofString(Reviews.of(Reviews.plainPod()))));
                    })
                    .toList();
            assertThat(answers)
                    .allSatisfy(answer -> assertThat(answer.join().statusCode()).isEqualTo(200));
        }
    }

    @Nested
    class OfStopping {
        @Test
        void finishesWhatIsInFlight() throws Exception {
            var answer = server.sendLater(
                    server.request("/mutate?timeout=10s").POST(BodyPublishers.ofString(Reviews.in("brand-new"))));
            await().until(() -> server.cluster.awaiting() == 1);
            var stopped = server.server.stop();
            assertThat(server.server.problem()).isEqualTo("stopping");
            server.cluster.knows(new Tenant("brand-new", Map.of(), AcceptedOwners.NONE));
            HttpResponse<String> last = answer.get();
            assertThat(last.statusCode()).isEqualTo(200);
            assertThat(last.headers().firstValue("connection")).hasValue("close");
            TestServer.await(stopped);
        }

        @Test
        void closesConnectionsThatAreIdle() throws Exception {
            try (SSLSocket idle = handshake()) {
                write(idle, "POST /nowhere HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n");
                assertThat(idle.getInputStream().readNBytes(12)).asString().isEqualTo("HTTP/1.1 404");
                TestServer.await(server.server.stop());
                assertThat(readAll(idle)).contains("Expected POST /mutate or POST /validate");
            }
        }

        @Test
        void goesOnAnsweringWhileItDrains() throws Exception {
            try (TestServer slow = new TestServer(Duration.ofMinutes(1))) {
                var stopped = slow.server.stop();
                HttpResponse<String> answer = slow.post(Reviews.of(Reviews.plainPod()));
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.headers().firstValue("connection")).hasValue("close");
                assertThat(stopped.isComplete()).isFalse();
            }
        }
    }

    private SSLSocket handshake() throws IOException {
        SSLSocket socket =
                (SSLSocket) server.trust().getSocketFactory().createSocket("localhost", server.server.port());
        socket.setSoTimeout(20_000);
        socket.startHandshake();
        return socket;
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    private static String readAll(Socket socket) throws IOException {
        try (InputStream in = socket.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static JsonNode response(HttpResponse<String> answer) throws JsonProcessingException {
        return JSON.readTree(answer.body()).path("response");
    }
}
