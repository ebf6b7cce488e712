package dev.aquifer.webhook.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.certs.CertificateAuthority;
import dev.aquifer.certs.CertificateRequest;
import dev.aquifer.certs.LeafRequest;
import dev.aquifer.certs.LeafUse;
import dev.aquifer.certs.Pem;
import dev.aquifer.certs.TrustBundle;
import dev.aquifer.webhook.admission.Route;
import dev.aquifer.webhook.enrolment.Certificates;
import dev.aquifer.webhook.http.Arrivals;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.InvalidAlgorithmParameterException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a client gets over HTTP; the API server and the authority are played. */
final class TokenHandlerTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final CertificateAuthority authority =
            CertificateAuthority.create("test", Duration.ofDays(1), Instant.now(), new SecureRandom());
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Vertx vertx = Vertx.vertx();
    private final KeyPair keys = keys();
    private TokenReviewer reviewer = token -> reviewed("system:serviceaccount:aquifer-system:aquifer-node");
    private HttpServer server;

    @BeforeEach
    void listen() {
        Callers callers = new Callers(
                token -> reviewer.review(token),
                new Naming("aquifer-system", "aquifer-node", "aquifer-binder"),
                System::nanoTime);
        Route certificates = Certificates.route(
                TokenContext.of(vertx, new Arrivals(vertx), registry),
                callers,
                (key, names, longest) ->
                        authority.sign(key, new LeafRequest(names, Set.of(LeafUse.CLIENT), longest), Instant.now()));
        server = vertx.createHttpServer()
                .requestHandler(certificates.handler())
                .listen(0, "127.0.0.1")
                .await();
    }

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    @Test
    void answersAKeyAndATokenWithACertificateOfFourHours() throws Exception {
        HttpResponse<String> response =
                post("token", CertificateRequest.create(keys).pem());

        assertThat(response.statusCode()).isEqualTo(200);
        var chain = Pem.certificates(new JsonObject(response.body()).getString("certificate"));
        new TrustBundle(List.of(authority.certificate())).verify(chain, Instant.now());
        assertThat(chain.getFirst().getPublicKey()).isEqualTo(keys.getPublic());
        assertThat(chain.getFirst().getSubjectAlternativeNames())
                .containsExactly(List.of(6, "aquifer://node/worker-3"));
        Instant notAfter = Instant.parse(new JsonObject(response.body()).getString("notAfter"));
        assertThat(notAfter).isEqualTo(chain.getFirst().getNotAfter().toInstant());
        assertThat(Duration.between(Instant.now(), notAfter)).isBetween(Duration.ofMinutes(239), Duration.ofHours(4));
        assertThat(count("issued")).isEqualTo(1);
    }

    @Test
    void saysWhoGetsNothing() throws Exception {
        reviewer = token -> reviewed("system:serviceaccount:tenant:default");

        HttpResponse<String> response =
                post("token", CertificateRequest.create(keys).pem());

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(error(response)).contains("only node agents and origins get certificates");
        assertThat(count("not-entitled")).isEqualTo(1);
    }

    @Test
    void givesTheBinderNoCertificate() throws Exception {
        reviewer = token -> reviewed("system:serviceaccount:aquifer-system:aquifer-binder");

        HttpResponse<String> response =
                post("token", CertificateRequest.create(keys).pem());

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(error(response)).contains("found one of the binder");
    }

    @Test
    void wantsATokenAPostAndARequest() throws Exception {
        String pem = CertificateRequest.create(keys).pem();

        assertThat(send(HttpRequest.newBuilder().POST(BodyPublishers.ofString(pem)))
                        .statusCode())
                .isEqualTo(401);
        assertThat(send(HttpRequest.newBuilder()
                                .header("Authorization", "Basic x")
                                .POST(BodyPublishers.ofString(pem)))
                        .statusCode())
                .isEqualTo(401);
        assertThat(send(HttpRequest.newBuilder()
                                .header("Authorization", "Bearer x")
                                .GET())
                        .statusCode())
                .isEqualTo(405);
        HttpResponse<String> malformed = post("token", "hello");
        assertThat(malformed.statusCode()).isEqualTo(400);
        assertThat(error(malformed)).contains("Expected PEM with a CERTIFICATE REQUEST block");
    }

    @Test
    void reviewsNoTokenForARequestThatCannotBeRead() throws Exception {
        reviewer = token -> {
            throw new AssertionError("reviewed");
        };

        assertThat(post("token", "hello").statusCode()).isEqualTo(400);
    }

    @Test
    void refusesALongBodyAndServesOn() throws Exception {
        assertThat(post("token", "x".repeat(20_000)).statusCode()).isEqualTo(413);
        assertThat(post("token", CertificateRequest.create(keys).pem()).statusCode())
                .isEqualTo(200);
    }

    @Test
    void saysToTryAgainWhenTheApiServerGivesNoAnswerAndTellsNobodyTheToken() throws Exception {
        reviewer = token -> {
            throw new IllegalStateException("no answer about " + token);
        };

        HttpResponse<String> response =
                post("s3cret", CertificateRequest.create(keys).pem());

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(response.body()).doesNotContain("s3cret");
    }

    @Test
    void letsNoAddressAskWithoutEnd() throws Exception {
        String pem = CertificateRequest.create(keys).pem();
        int refused = 0;
        for (int i = 0; i < 30; i++) {
            refused += post("token", pem).statusCode() == 429 ? 1 : 0;
        }

        assertThat(refused).isBetween(1, 10);
        assertThat(count("too-many")).isEqualTo(refused);
    }

    @Test
    void doesNotWaitForTheRestOfAHalfRequestOnceItsSenderHasGone() throws Exception {
        var client = vertx.createHttpClient();
        var request = client.request(HttpMethod.POST, server.actualPort(), "127.0.0.1", "/v1/certificates")
                .await();
        request.putHeader("Authorization", "Bearer x").setChunked(true);
        request.write(Buffer.buffer("half")).await();
        request.connection().close().await();

        assertThat(post("token", CertificateRequest.create(keys).pem()).statusCode())
                .isEqualTo(200);
    }

    private double count(String outcome) {
        return registry.get("aquifer.enrolment.requests")
                .tag("outcome", outcome)
                .counter()
                .count();
    }

    private static String error(HttpResponse<String> response) {
        return new JsonObject(response.body()).getString("error");
    }

    private HttpResponse<String> post(String token, String body) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder()
                .header("Authorization", "Bearer " + token)
                .POST(BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:%d/v1/certificates".formatted(server.actualPort()));
        return HTTP.send(request.uri(uri).build(), BodyHandlers.ofString());
    }

    private static ReviewedToken reviewed(String username) {
        return new ReviewedToken(
                true,
                List.of("aquifer"),
                username,
                Map.of(
                        "authentication.kubernetes.io/pod-name", List.of("agent"),
                        "authentication.kubernetes.io/node-name", List.of("worker-3")));
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException | InvalidAlgorithmParameterException e) {
            throw new IllegalStateException(e);
        }
    }
}
