package dev.aquifer.node.identity;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;

/** Asks the webhook, which decides by the pod's token who we are. */
final class WebhookEnrolment implements Enrolment {
    private final WebhookCall certificates;

    /**
     * @param webhook such as {@code https://aquifer-webhook.aquifer-system.svc}
     * @param token the file of the projected token
     */
    WebhookEnrolment(URI webhook, Path token) {
        this.certificates = new WebhookCall(webhook.resolve("/v1/certificates"), token);
    }

    @Override
    public List<X509Certificate> enrol(String request, Authorities authorities)
            throws IOException, InterruptedException {
        var answer = certificates.post(request, authorities, "The webhook gave no certificate");
        return Certificates.read(String.valueOf(answer.getValue("certificate")).getBytes(StandardCharsets.US_ASCII));
    }
}
