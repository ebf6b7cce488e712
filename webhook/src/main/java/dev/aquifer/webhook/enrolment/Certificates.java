package dev.aquifer.webhook.enrolment;

import dev.aquifer.webhook.admission.Route;
import io.fabric8.kubernetes.client.KubernetesClient;

/** Puts the parts of this package together. */
public final class Certificates {
    private static final String PATH = "/v1/certificates";
    private static final int LARGEST_REQUEST = 16 << 10;

    private Certificates() {}

    /**
     * Whom tokens of this cluster name.
     *
     * @param namespace Aquifer's own
     * @param nodeAccount the service account of node agents in it
     * @param binderAccount that of the binder
     */
    public static Callers callers(KubernetesClient client, String namespace, String nodeAccount, String binderAccount) {
        return new Callers(
                new ClusterTokens(client), new Naming(namespace, nodeAccount, binderAccount), System::nanoTime);
    }

    /** Where certificates are asked for. */
    public static Route route(TokenContext context, Callers callers, Signer signer) {
        return new Route(
                PATH,
                new TokenHandler(
                        context,
                        new TokenRules(
                                new Enrolment(callers, signer)::enrol,
                                LARGEST_REQUEST,
                                "aquifer.enrolment.requests",
                                "Requests for certificates, by what they were answered",
                                "issued")));
    }
}
