package dev.aquifer.webhook.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aquifer.certs.CertificateRequest;
import dev.aquifer.webhook.Main;
import dev.aquifer.webhook.testing.ControlPlane;
import dev.aquifer.webhook.testing.OwnProgram;
import dev.aquifer.webhook.testing.PodTokens;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What admission logs at its most talkative, while agents, origins and strangers show it tokens of a real API server. */
final class TokensInLogsIT {
    @RegisterExtension
    static final ControlPlane api = new ControlPlane().withDefinition();

    private static final List<String> PATHS = List.of("/v1/certificates", "/v1/reports", "/v1/reports/read");

    private final String namespace = "logs-" + UUID.randomUUID();
    private final int port = FreePort.find();
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http = vertx.createHttpClient(
            new HttpClientOptions().setSsl(true).setTrustAll(true).setVerifyHost(false));

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @SuppressWarnings("NullAway.Init") // before each
    private Process program;

    @BeforeEach
    void start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(OwnProgram.line(
                        Main.class,
                        "admission",
                        "--host=127.0.0.1",
                        "--namespace=" + namespace,
                        "--port=" + port,
                        "--management-port=0",
                        "--drain=0s",
                        "--log-level=trace"))
                .redirectErrorStream(true)
                .redirectOutput(log().toFile());
        builder.environment().put("KUBECONFIG", api.kubeconfig().toString());
        program = builder.start();
    }

    @AfterEach
    void end() {
        program.destroyForcibly();
        vertx.close().await();
    }

    @Test
    void noneIsLoggedAtTheMostTalkativeLevel() throws Exception {
        PodTokens tokens = new PodTokens(api, namespace, "node-of-" + namespace);
        String agent = tokens.token("aquifer-node");
        String origin = tokens.token("aquifer-origin-ref");
        String binder = tokens.token("aquifer-binder");
        String tenant = tokens.token("tenant");
        String otherAudience = tokens.token("tenant", "https://kubernetes.default.svc", null);
        await().atMost(Duration.ofMinutes(1)).ignoreExceptions().until(() -> post(PATHS.getFirst(), agent) == 200);

        assertThat(post(PATHS.getFirst(), origin)).isEqualTo(200);
        List<String> all = List.of(agent, origin, binder, tenant, otherAudience, "made.up.token");
        for (String token : all) {
            for (String path : PATHS) {
                post(path, token);
            }
        }
        program.destroy();
        assertThat(program.waitFor(1, TimeUnit.MINUTES)).isTrue();

        assertThat(Files.readString(log(), UTF_8))
                .contains("certificate issued holder=aquifer://node/node-of-" + namespace, " DEBUG ", "stopped")
                .doesNotContain(all)
                .doesNotContain("PRIVATE KEY", authorityKey());
    }

    /** The first line of what stands in the Secret, without its head. */
    private String authorityKey() {
        String pem = api.client()
                .secrets()
                .inNamespace(namespace)
                .withName("aquifer-admission-ca")
                .get()
                .getData()
                .get("tls.key");
        String line = new String(Base64.getDecoder().decode(pem), UTF_8)
                .lines()
                .skip(1)
                .findFirst()
                .orElseThrow();
        assertThat(line).hasSizeGreaterThan(40);
        return line;
    }

    private int post(String path, String token) throws NoSuchAlgorithmException {
        KeyPairGenerator keys = KeyPairGenerator.getInstance("EC");
        keys.initialize(256);
        String body = CertificateRequest.create(keys.generateKeyPair()).pem();
        return http.request(HttpMethod.POST, port, "127.0.0.1", path)
                .compose(request ->
                        request.putHeader("Authorization", "Bearer " + token).send(body))
                .compose(response -> response.body().map(_ -> response.statusCode()))
                .await();
    }

    private Path log() {
        return folder.resolve("log");
    }
}
