package dev.aquifer.webhook.admission;

import dev.aquifer.certs.IssuedCertificate;
import dev.aquifer.webhook.cluster.ClusterView;
import dev.aquifer.webhook.http.Arrivals;
import dev.aquifer.webhook.http.BytesInFlight;
import dev.aquifer.webhook.http.Connections;
import dev.aquifer.webhook.inject.Injector;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpServerOptions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTPS server that the API server asks about pods: what a new one gets at {@code POST /mutate}, whether it uses the
 * binder's claims as it may at {@code POST /validate}, each with an AdmissionReview (admission.k8s.io/v1). It listens once it has a certificate, and takes every later one without dropping a connection.
 */
public final class AdmissionServer {
    private static final Logger LOG = LoggerFactory.getLogger(AdmissionServer.class);
    /** One body of the largest size and half of another, or ten thousand usual ones. */
    private static final long BYTES_IN_FLIGHT = 2L * Exchange.LARGEST_BODY;

    private static final long KEPT_FOR_SMALL = 8 << 20;
    /** Far longer than any decision, and with the drain still within the 30 s that a pod has to stop. */
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(15);

    private final Vertx vertx;
    private final ServerSettings settings;
    private final List<Endpoint> endpoints;
    private final List<Route> routes;
    private final WarmUp warmUp;
    private final List<AdmissionVerticle> verticles = new CopyOnWriteArrayList<>();
    private volatile boolean draining;
    private Future<Void> lastStep = Future.succeededFuture();

    /**
     * Makes a server that does not listen yet.
     *
     * @param vertx whose servers' connections are counted
     * @param connections of that Vertx
     * @param arrivals of all that is served on the port
     * @param routes what else is served there
     */
    public AdmissionServer(
            Vertx vertx,
            ServerSettings settings,
            Injector injector,
            ClusterView cluster,
            Connections connections,
            Arrivals arrivals,
            List<Route> routes,
            MeterRegistry registry) {
        this.vertx = vertx;
        this.routes = List.copyOf(routes);
        this.settings = settings;
        BytesInFlight inFlight = new BytesInFlight(BYTES_IN_FLIGHT, KEPT_FOR_SMALL, Reviewer.HUGE);
        Gauge.builder("aquifer.admission.inflight", inFlight, BytesInFlight::reserved)
                .description("Memory that holds the bodies of unanswered requests")
                .baseUnit("bytes")
                .register(registry);
        RefusalLog refusals = new RefusalLog(System::nanoTime);
        WorkerExecutor hugeReviews = vertx.createSharedWorkerExecutor("huge-reviews", 1);
        this.endpoints = Arrays.stream(Webhook.values())
                .map(webhook -> new Endpoint(
                        webhook,
                        new AdmissionContext(
                                vertx,
                                arrivals,
                                inFlight,
                                new AdmissionMetrics(registry, webhook),
                                refusals,
                                () -> draining),
                        new Reviewer(webhook, injector, cluster, hugeReviews)))
                .toList();
        Gauge.builder("aquifer.admission.connections", connections, Connections::open)
                .description("Open connections to admission, those to its probes and metrics too")
                .register(registry);
        this.warmUp = new WarmUp(vertx, injector);
    }

    /**
     * Serves with this certificate from now on. Old connections keep the one they began with. Steps that overlap are
     * taken one after the other.
     */
    public synchronized Future<Void> serve(IssuedCertificate certificate) {
        lastStep = lastStep.transform(done -> verticles.isEmpty() ? start(certificate) : swap(certificate));
        return lastStep;
    }

    /** Why it does not answer, as a sentence; null while it does. */
    public @Nullable String problem() {
        if (draining) {
            return "stopping";
        }
        return verticles.isEmpty() ? "waiting for a certificate to serve with" : null;
    }

    /** The HTTPS port, once it listens. */
    public int port() {
        return verticles.getFirst().port();
    }

    /**
     * Stops without losing a request: first {@link #problem} says so and clients are asked to go elsewhere, then the
     * drain time passes, then what is in flight is answered.
     */
    public Future<Void> stop() {
        draining = true;
        Promise<Void> drained = Promise.promise();
        if (settings.drain().isZero()) {
            drained.complete();
        } else {
            vertx.setTimer(settings.drain().toMillis(), passed -> drained.complete());
        }
        return drained.future()
                .compose(passed -> Future.join(verticles.stream()
                                .map(verticle -> verticle.shutdown(LONGEST_ANSWER.toMillis()))
                                .toList())
                        .mapEmpty());
    }

    private Future<Void> start(IssuedCertificate certificate) {
        HttpServerOptions options = ServerOptions.https(settings, certificate);
        List<AdmissionVerticle> deployed = new CopyOnWriteArrayList<>();
        return vertx.deployVerticle(
                        () -> {
                            AdmissionVerticle verticle = new AdmissionVerticle(options, endpoints, routes);
                            deployed.add(verticle);
                            return verticle;
                        },
                        new DeploymentOptions().setInstances(settings.eventLoops()))
                .compose(id -> warmUp.run(settings.host(), deployed.getFirst().port()))
                .map(warm -> {
                    verticles.addAll(deployed);
                    LOG.info("listening host={} port={} certificate={}", settings.host(), port(), certificate);
                    return null;
                });
    }

    /** All event loops share one TLS context: to change it through one of them changes it for all. */
    private Future<Void> swap(IssuedCertificate certificate) {
        return verticles.getFirst().swap(ServerOptions.tls(certificate)).map(changed -> {
            LOG.info("swapped certificate={}", certificate);
            return null;
        });
    }
}
