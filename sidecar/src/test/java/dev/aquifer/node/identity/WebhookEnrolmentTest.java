package dev.aquifer.node.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.aquifer.certs.CertificateAuthority;
import dev.aquifer.node.testing.TestAuthority;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

final class WebhookEnrolmentTest {
    private final TestAuthority authority = new TestAuthority();
    private final TestEnrolment signer = new TestEnrolment(authority.authority(), Instant::now);
    private final AtomicReference<String> authorization = new AtomicReference<>("");
    private final Authorities trusted =
            new Authorities(List.of(authority.authority().certificate()));
    private final OwnKey key = OwnKey.generate(new SecureRandom());

    @TempDir
    Path folder;

    private HttpsServer webhook;
    private WebhookEnrolment enrolment;
    private Path token;

    @BeforeEach
    void start() throws IOException {
        webhook = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        webhook.setHttpsConfigurator(new HttpsConfigurator(
                authority.contexts(URI.create("aquifer://webhook")).context()));
        webhook.start();
        token = Files.writeString(folder.resolve("token"), "first-token\n");
        enrolment = new WebhookEnrolment(
                URI.create("https://localhost:" + webhook.getAddress().getPort()), token);
    }

    @AfterEach
    void stop() {
        webhook.stop(0);
    }

    private void answer(int status, String json) {
        webhook.createContext("/v1/certificates", exchange -> {
            authorization.set(exchange.getRequestHeaders().getFirst("Authorization"));
            var body = json.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    private static String pem(byte[] der) {
        return "-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder().encodeToString(der)
                + "\n-----END CERTIFICATE-----\n";
    }

    @Test
    void aCertificateComesForTheTokenThatTheFileHasNow() throws Exception {
        var signed = signer.sign(key.request());
        answer(
                200,
                new JsonObject().put("certificate", pem(signed.getEncoded())).encode());

        assertThat(enrolment.enrol(key.request(), trusted)).containsExactly(signed);
        assertThat(authorization).hasValue("Bearer first-token");
        Files.writeString(token, "second-token");
        enrolment.enrol(key.request(), trusted);
        assertThat(authorization).hasValue("Bearer second-token");
    }

    @Test
    void whatTheWebhookSaysAgainstItIsRepeated() {
        answer(403, new JsonObject().put("error", "Expected a token of a node").encode());

        assertThatExceptionOfType(IdentityException.class)
                .isThrownBy(() -> enrolment.enrol(key.request(), trusted))
                .withMessage("The webhook gave no certificate, status 403: Expected a token of a node")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("first-token"));
    }

    @Test
    void anEndlessAnswerIsNotTaken() {
        answer(200, "x".repeat(1 << 20));

        assertThatIOException().isThrownBy(() -> enrolment.enrol(key.request(), trusted));
    }

    @Test
    void theTokenGoesToNobodyWhomTheAuthorityDidNotSign() {
        answer(200, "{}");
        var other = CertificateAuthority.create("other", Duration.ofDays(1), Instant.now(), new SecureRandom());

        assertThatIOException()
                .isThrownBy(() -> enrolment.enrol(key.request(), new Authorities(List.of(other.certificate()))));
        assertThat(authorization).hasValue("");
    }

    @Test
    void thatNobodyIsThereIsSaidWithTheAddress() {
        webhook.stop(0);

        assertThatExceptionOfType(IdentityException.class)
                .isThrownBy(() -> enrolment.enrol(key.request(), trusted))
                .withMessageContaining("the webhook at https://localhost:"
                        + webhook.getAddress().getPort())
                .withMessageContaining("ConnectException");
    }

    @Test
    void aMissingTokenIsNamed() throws IOException {
        Files.delete(token);

        assertThatExceptionOfType(IdentityException.class)
                .isThrownBy(() -> enrolment.enrol(key.request(), trusted))
                .withMessageContaining("Expected a service-account token in " + token);
    }

    /** As where its machine is lost at this moment. */
    @Test
    @Timeout(30)
    void anAnswerThatStopsBehindItsHeadIsNotWaitedFor() {
        webhook.createContext("/v1/certificates", exchange -> exchange.sendResponseHeaders(200, 100));
        WebhookCall call = new WebhookCall(
                URI.create("https://localhost:" + webhook.getAddress().getPort() + "/v1/certificates"),
                token,
                Duration.ofSeconds(1));

        assertThatIOException()
                .isThrownBy(() -> call.post("{}", trusted, "refused"))
                .withMessage("the webhook has not answered within 1 s");
    }
}
