package dev.aquifer.webhook.admission;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.aquifer.certs.CertificateAuthority;
import dev.aquifer.certs.IssuedCertificate;
import dev.aquifer.certs.LeafNames;
import dev.aquifer.certs.LeafRequest;
import dev.aquifer.certs.LeafUse;
import dev.aquifer.webhook.entitlement.AcceptedOwners;
import dev.aquifer.webhook.entitlement.Tenant;
import dev.aquifer.webhook.http.Arrivals;
import dev.aquifer.webhook.http.Connections;
import dev.aquifer.webhook.inject.Injector;
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
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The admission server on a free port of this machine, with an authority, a fake cluster and a client of its own. */
final class TestServer implements AutoCloseable {
    private static final SecureRandom RANDOM = new SecureRandom();

    final FakeCluster cluster = new FakeCluster();
    final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    final Vertx vertx;
    final AdmissionServer server;
    private final CertificateAuthority authority =
            CertificateAuthority.create("test", Duration.ofHours(1), Instant.now(), RANDOM);
    private final SSLContext trust = trust(authority);
    private final HttpClient client = client(HttpClient.Version.HTTP_1_1);

    TestServer() {
        this(Duration.ZERO);
    }

    TestServer(Duration drain) {
        this(drain, new Connections());
    }

    TestServer(Duration drain, Connections connections) {
        vertx = Vertx.builder().withTransport(connections.transport()).build();
        cluster.knows(new Tenant(Reviews.NAMESPACE, Map.of(), AcceptedOwners.NONE));
        server = new AdmissionServer(
                vertx,
                new ServerSettings("127.0.0.1", 0, 2, drain),
                new Injector(true),
                cluster,
                connections,
                new Arrivals(vertx),
                List.of(),
                registry);
        await(server.serve(leaf()));
    }

    IssuedCertificate leaf() {
        return authority.issue(
                new LeafRequest(LeafNames.dns("localhost"), Set.of(LeafUse.SERVER), Duration.ofMinutes(10)),
                Instant.now());
    }

    SSLContext trust() {
        return trust;
    }

    HttpClient client(HttpClient.Version version) {
        return HttpClient.newBuilder()
                .version(version)
                .sslContext(trust)
                .connectTimeout(Duration.ofSeconds(10))
                .build();
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("https://localhost:%d%s".formatted(server.port(), path)))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json");
    }

    HttpResponse<String> post(String body) throws IOException, InterruptedException {
        return post("/mutate?timeout=10s", body);
    }

    HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return send(request(path).POST(BodyPublishers.ofString(body)));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    CompletableFuture<HttpResponse<String>> sendLater(HttpRequest.Builder request) {
        return client.sendAsync(request.build(), BodyHandlers.ofString());
    }

    double count(String outcome, String reason) {
        var counter = registry.find("aquifer.admission.requests")
                .tags("outcome", outcome, "reason", reason)
                .counter();
        return counter == null ? 0 : counter.count();
    }

    double gauge(String name) {
        return registry.get(name).gauge().value();
    }

    static <T> T await(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(30, SECONDS)
                .join();
    }

    @Override
    public void close() {
        client.close();
        await(vertx.close());
    }

    private static SSLContext trust(CertificateAuthority authority) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry("authority", authority.certificate());
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, factory.getTrustManagers(), RANDOM);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
