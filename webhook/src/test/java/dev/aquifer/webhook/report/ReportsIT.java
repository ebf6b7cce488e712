package dev.aquifer.webhook.report;

import static dev.aquifer.webhook.report.SomeReports.DATASET;
import static dev.aquifer.webhook.report.SomeReports.NEW;
import static dev.aquifer.webhook.report.SomeReports.sent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.aquifer.certs.CertificateAuthority;
import dev.aquifer.certs.LeafNames;
import dev.aquifer.certs.LeafRequest;
import dev.aquifer.certs.LeafUse;
import dev.aquifer.webhook.admission.Route;
import dev.aquifer.webhook.api.NodeCounts;
import dev.aquifer.webhook.http.Arrivals;
import dev.aquifer.webhook.testing.ControlPlane;
import dev.aquifer.webhook.testing.PodTokens;
import dev.aquifer.webhook.tokens.Callers;
import dev.aquifer.webhook.tokens.TokenContext;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.SocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Reports of node agents and their reader, over HTTPS, with tokens that the API server made and reviews. */
final class ReportsIT {
    @RegisterExtension
    static final ControlPlane api = new ControlPlane();

    private static final String HOST = "aquifer-admission.aquifer-system.svc";

    private final String namespace = "reports-" + UUID.randomUUID();
    private final CertificateAuthority authority =
            CertificateAuthority.create("reports", Duration.ofDays(1), Instant.now(), new SecureRandom());
    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger requests = new AtomicInteger();

    @SuppressWarnings("NullAway.Init") // before each
    private PodTokens tokens;

    @BeforeEach
    void prepare() {
        tokens = new PodTokens(api, namespace, "node-of-" + namespace);
    }

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    @Test
    void whatAgentsTellAnyReplicaTheBinderReads() throws Exception {
        String agent = tokens.token("aquifer-node");
        HttpServer one = replica(HOST);
        HttpServer other = replica(HOST);
        AdmissionReports reports = reader(tokens.token("aquifer-binder"), one, other);

        assertThat(post(one, Reports.WRITE, agent, sent("filling"))).isEqualTo(200);
        assertThat(reports.look().get(DATASET))
                .satisfies(state -> assertThat(state.nodes()).isEqualTo(new NodeCounts(0, 1, 0, 0)));
        assertThat(post(other, Reports.WRITE, agent, sent("ready"))).isEqualTo(200);

        assertThat(reports.look().get(DATASET)).isEqualTo(new CacheState(new NodeCounts(1, 0, 0, 0), NEW, null, ""));
    }

    @Test
    void anAgentThatAsksIsToldTheLabelsOfItsOwnNode() {
        String node = "node-of-" + namespace;
        api.client().nodes().withName(node).edit(found -> {
            found.getMetadata().getLabels().put("example.org/pool", "gpu");
            return found;
        });
        HttpServer replica = replica(HOST);
        String agent = tokens.token("aquifer-node");

        JsonObject told = answer(replica, Reports.WRITE, agent, sent("ready").put("asksForLabels", true));
        JsonObject silent = answer(replica, Reports.WRITE, agent, sent("ready"));

        assertThat(told.getJsonObject("labels").getString("example.org/pool")).isEqualTo("gpu");
        assertThat(silent.isEmpty()).isTrue();
    }

    @Test
    void nobodyElseReportsAndNobodyElseReads() {
        HttpServer replica = replica(HOST);

        for (String account : List.of("aquifer-binder", "aquifer-origin-ref", "default-of-a-tenant")) {
            String token = tokens.token(account);
            assertThat(post(replica, Reports.WRITE, token, sent("ready"))).isEqualTo(403);
            assertThat(post(replica, Reports.READ, token, new JsonObject()))
                    .isEqualTo(account.equals("aquifer-binder") ? 200 : 403);
        }
        assertThat(post(replica, Reports.READ, tokens.token("aquifer-node"), new JsonObject()))
                .isEqualTo(403);
        assertThat(post(replica, Reports.WRITE, "no.token.at-all", sent("ready")))
                .isEqualTo(401);
    }

    @Test
    void whatIsNoReportIsRefused() {
        HttpServer replica = replica(HOST);

        assertThat(post(replica, Reports.WRITE, tokens.token("aquifer-node"), new JsonObject()))
                .isEqualTo(400);
    }

    @Test
    void theTokenGoesToNobodyWhoseCertificateNamesAnother() {
        HttpServer somebody = replica("somebody.else.svc");
        AdmissionReports reports = reader(tokens.token("aquifer-binder"), somebody);

        assertThatExceptionOfType(ReportsUnavailable.class).isThrownBy(reports::look);
        assertThat(requests).hasValue(0);
    }

    private AdmissionReports reader(String token, HttpServer... replicas) {
        List<SocketAddress> addresses = Arrays.stream(replicas)
                .map(server -> SocketAddress.inetSocketAddress(server.actualPort(), "127.0.0.1"))
                .toList();
        ReplicaClient client = new ReplicaClient(vertx, HOST, authority::certificatePem, () -> token);
        return new AdmissionReports(() -> addresses, client, InstantSource.system());
    }

    private HttpServer replica(String name) {
        var leaf = authority.issue(
                new LeafRequest(LeafNames.dns(name), Set.of(LeafUse.SERVER), Duration.ofHours(1)), Instant.now());
        Map<String, Handler<HttpServerRequest>> routes = Reports.routes(
                        TokenContext.of(vertx, new Arrivals(vertx), new SimpleMeterRegistry()),
                        Callers.ofCluster(api.client(), namespace, "aquifer-node", "aquifer-binder"),
                        api.client())
                .stream()
                .collect(Collectors.toMap(Route::path, Route::handler));
        return vertx.createHttpServer(new HttpServerOptions()
                        .setSsl(true)
                        .setKeyCertOptions(new PemKeyCertOptions()
                                .setKeyValue(Buffer.buffer(leaf.privateKeyPem()))
                                .setCertValue(Buffer.buffer(leaf.chainPem()))))
                .requestHandler(request -> {
                    requests.incrementAndGet();
                    Objects.requireNonNull(routes.get(request.path())).handle(request);
                })
                .listen(0, "127.0.0.1")
                .await();
    }

    /** Returns the status. */
    private int post(HttpServer server, String path, String token, JsonObject body) {
        return send(server, path, token, body, (status, answer) -> status);
    }

    private JsonObject answer(HttpServer server, String path, String token, JsonObject body) {
        return send(server, path, token, body, (status, answer) -> answer.toJsonObject());
    }

    private <T> T send(
            HttpServer server, String path, String token, JsonObject body, BiFunction<Integer, Buffer, T> read) {
        HttpClient http = vertx.createHttpClient(
                new HttpClientOptions().setSsl(true).setTrustAll(true).setVerifyHost(false));
        try {
            return http.request(HttpMethod.POST, server.actualPort(), "127.0.0.1", path)
                    .compose(request -> request.putHeader("Authorization", "Bearer " + token)
                            .send(body.toBuffer()))
                    .compose(response -> response.body().map(answer -> read.apply(response.statusCode(), answer)))
                    .await();
        } finally {
            http.close().await();
        }
    }
}
