package dev.aquifer.webhook.enrolment;

import dev.aquifer.webhook.admission.Route;
import dev.aquifer.webhook.http.Arrivals;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;

/** Puts the parts of this package together. */
public final class Certificates {
    private static final String PATH = "/v1/certificates";

    private Certificates() {}

    /**
     * Where certificates are asked for.
     *
     * @param namespace Aquifer's own
     * @param nodeAccount the service account of node agents in it
     */
    public static Route route(
            Vertx vertx,
            Arrivals arrivals,
            KubernetesClient client,
            String namespace,
            String nodeAccount,
            Signer signer,
            MeterRegistry registry) {
        var enrolment = new Enrolment(new ClusterTokens(client), new Naming(namespace, nodeAccount), signer);
        return new Route(
                PATH, new EnrolmentHandler(vertx, arrivals, enrolment, new PeerLimit(System::nanoTime), registry));
    }
}
