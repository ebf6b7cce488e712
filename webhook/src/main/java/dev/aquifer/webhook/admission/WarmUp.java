package dev.aquifer.webhook.admission;

import dev.aquifer.webhook.api.Access;
import dev.aquifer.webhook.api.FileEffects;
import dev.aquifer.webhook.api.Grant;
import dev.aquifer.webhook.api.NamespaceSet;
import dev.aquifer.webhook.api.PairRevisions;
import dev.aquifer.webhook.api.PathRule;
import dev.aquifer.webhook.api.Role;
import dev.aquifer.webhook.api.SharedVolumeSpec;
import dev.aquifer.webhook.api.Source;
import dev.aquifer.webhook.entitlement.AcceptedOwners;
import dev.aquifer.webhook.entitlement.Catalog;
import dev.aquifer.webhook.entitlement.KnownVolume;
import dev.aquifer.webhook.entitlement.Tenant;
import dev.aquifer.webhook.inject.Decision;
import dev.aquifer.webhook.inject.Injector;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is slow the first time is done once before the server says that it is ready: the API server waits two seconds for
 * an answer, and a cold JVM on a busy node takes longer. Nobody's pod is looked at, and no metric counts it.
 */
final class WarmUp {
    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);
    private static final int REVIEWS = 300;
    private static final int HANDSHAKES = 5;
    private static final String NAMESPACE = "warm-up";
    private static final byte[] REVIEW = """
            {"kind": "AdmissionReview", "apiVersion": "admission.k8s.io/v1", "request": {
              "uid": "warm-up", "kind": {"group": "", "version": "v1", "kind": "Pod"},
              "resource": {"group": "", "version": "v1", "resource": "pods"},
              "namespace": "warm-up", "operation": "CREATE",
              "object": {"kind": "Pod", "apiVersion": "v1",
                "metadata": {"name": "p", "labels": {"app": "a"}, "annotations": {"aquifer.dev/volumes": "v"}},
                "spec": {"volumes": [{"name": "home", "emptyDir": {}}],
                  "containers": [{"name": "main", "image": "i", "volumeMounts": [{"name": "home", "mountPath": "/h"}]}],
                  "serviceAccountName": "default"}}}}
            """.getBytes(StandardCharsets.UTF_8);

    private final Vertx vertx;
    private final Injector injector;

    WarmUp(Vertx vertx, Injector injector) {
        this.vertx = vertx;
        this.injector = injector;
    }

    /** Never fails: who cannot warm up starts cold. */
    Future<Void> run(String host, int port) {
        return vertx.executeBlocking(this::review)
                .compose(reviewed -> shakeHands(host, port, HANDSHAKES))
                .otherwise(e -> {
                    LOG.warn("not warmed up", e);
                    return null;
                });
    }

    /** Answers the sample again and again; returns the last answer. */
    Decision review() throws MalformedReviewException {
        ReviewReader reader = new ReviewReader();
        Tenant tenant = new Tenant(NAMESPACE, Map.of(), AcceptedOwners.NONE);
        Catalog catalog = Catalog.of(List.of(volume()));
        Decision decision;
        int done = 0;
        do {
            Review.OfPod review = (Review.OfPod) reader.read(Webhook.MUTATE, REVIEW, REVIEW.length);
            decision = injector.decide(tenant, review.pod(), catalog);
            ReviewWriter.write(review.uid(), decision);
        } while (++done < REVIEWS);
        return decision;
    }

    private static KnownVolume volume() {
        Role role = new Role(
                "r",
                null,
                List.of(
                        new PathRule("/", Access.ReadOnly, null),
                        new PathRule("own", Access.Scratch, "1Gi"),
                        new PathRule("none", Access.Hidden, null)),
                null);
        Grant grant = new Grant(new NamespaceSet(List.of(NAMESPACE), null), null, List.of(role.name()));
        Source source = new Source(new Source.PersistentVolumeClaim("claim"), null, null, null, null, null, null, null);
        return new KnownVolume(
                NAMESPACE,
                "v",
                "uid",
                1,
                new SharedVolumeSpec(source, "/v", List.of(role), role.name(), List.of(grant)),
                PairRevisions.NONE,
                Set.of("own", "none"),
                FileEffects.UNKNOWN,
                List.of());
    }

    private Future<Void> shakeHands(String host, int port, int times) {
        // our own certificate, on our own port: there is nothing to verify
        NetClient client = vertx.createNetClient(
                new NetClientOptions().setSsl(true).setTrustAll(true).setHostnameVerificationAlgorithm(""));
        Future<Void> done = Future.succeededFuture();
        for (int i = 0; i < times; i++) {
            done = done.compose(before -> client.connect(port, host).compose(NetSocket::close));
        }
        return done.eventually(client::close);
    }
}
