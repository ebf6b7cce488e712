package dev.aquifer.benchmarks;

import dev.aquifer.certs.CertificateAuthority;
import dev.aquifer.certs.IssuedCertificate;
import dev.aquifer.certs.LeafNames;
import dev.aquifer.certs.LeafRequest;
import dev.aquifer.certs.LeafUse;
import dev.aquifer.webhook.admission.AdmissionServer;
import dev.aquifer.webhook.admission.ServerSettings;
import dev.aquifer.webhook.http.Arrivals;
import dev.aquifer.webhook.http.Connections;
import dev.aquifer.webhook.inject.Injector;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One of the two servers that load is compared on: Aquifer's, or an empty one on the same stack. */
final class LoadedServer {
    private static final String HOST = "127.0.0.1";
    private static final int EVENT_LOOPS = 2;
    private static final int VOLUMES = 1000;
    private static final Duration LIFETIME = Duration.ofHours(12);

    private LoadedServer() {}

    /** Arguments: the port, the file to write the authority to, and for an empty server the file with its answer. */
    public static void main(String[] arguments) throws IOException {
        int port = Integer.parseInt(arguments[0]);
        byte @Nullable [] answer = arguments.length > 2 ? Files.readAllBytes(Path.of(arguments[2])) : null;
        CertificateAuthority authority =
                CertificateAuthority.create("benchmarks", LIFETIME, Instant.now(), new SecureRandom());
        LeafNames names = new LeafNames(List.of(), List.of(InetAddress.getLoopbackAddress()), List.of());
        IssuedCertificate leaf =
                authority.issue(new LeafRequest(names, Set.of(LeafUse.SERVER), LIFETIME), Instant.now());
        (answer == null ? aquifer(port, leaf) : empty(port, leaf, answer))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        Files.writeString(Path.of(arguments[1]), authority.certificatePem());
    }

    private static VertxBuilder vertx() {
        return Vertx.builder()
                .with(new VertxOptions().setEventLoopPoolSize(EVENT_LOOPS).setWorkerPoolSize(EVENT_LOOPS));
    }

    private static Future<?> aquifer(int port, IssuedCertificate leaf) {
        ServerSettings settings = new ServerSettings(HOST, port, EVENT_LOOPS, Duration.ZERO);
        Connections connections = new Connections();
        Vertx vertx = vertx().withTransport(connections.transport()).build();
        return new AdmissionServer(
                        vertx,
                        settings,
                        new Injector(true),
                        FixedCluster.withVolumes(VOLUMES),
                        connections,
                        new Arrivals(vertx),
                        List.of(),
                        new PrometheusMeterRegistry(PrometheusConfig.DEFAULT))
                .serve(leaf);
    }

    private static Future<?> empty(int port, IssuedCertificate leaf, byte[] answer) {
        HttpServerOptions options = new HttpServerOptions()
                .setHost(HOST)
                .setPort(port)
                .setSsl(true)
                .setUseAlpn(true)
                .setKeyCertOptions(new PemKeyCertOptions()
                        .setKeyValue(Buffer.buffer(leaf.privateKeyPem()))
                        .setCertValue(Buffer.buffer(leaf.chainPem())));
        return vertx().build()
                .deployVerticle(
                        () -> new EmptyVerticle(options, new EmptyHandler(answer)),
                        new DeploymentOptions().setInstances(EVENT_LOOPS));
    }
}
