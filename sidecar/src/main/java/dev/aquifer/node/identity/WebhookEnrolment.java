package dev.aquifer.node.identity;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Asks the webhook, which decides by the pod's token who we are. The token is read for each request, since kubelet writes it
 * anew, and goes to nobody else.
 */
final class WebhookEnrolment implements Enrolment {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int LONGEST_ANSWER = 64 << 10;
    private static final int OK = 200;

    private final URI certificates;
    private final Path token;

    /**
     * @param webhook such as {@code https://aquifer-webhook.aquifer-system.svc}
     * @param token the file of the projected token
     */
    WebhookEnrolment(URI webhook, Path token) {
        this.certificates = webhook.resolve("/v1/certificates");
        this.token = token;
    }

    @Override
    public List<X509Certificate> enrol(String request, Authorities authorities)
            throws IOException, InterruptedException {
        try (var client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(PATIENCE)
                .sslContext(context(authorities))
                .build()) {
            var answer = client.send(
                    HttpRequest.newBuilder(certificates)
                            .timeout(PATIENCE)
                            .header("Authorization", "Bearer " + token())
                            .POST(HttpRequest.BodyPublishers.ofString(request))
                            .build(),
                    BodyHandlers.limiting(BodyHandlers.ofString(StandardCharsets.UTF_8), LONGEST_ANSWER));
            return chain(answer);
        }
    }

    private String token() throws IdentityException {
        try {
            return Files.readString(token).strip();
        } catch (IOException e) {
            throw new IdentityException(
                    "Expected a service-account token in %s, found that it cannot be read (%s); check the projected volume"
                            .formatted(token, e.getMessage()),
                    e);
        }
    }

    private static List<X509Certificate> chain(HttpResponse<String> answer) throws IdentityException {
        JsonObject json;
        try {
            json = new JsonObject(answer.body());
        } catch (DecodeException e) {
            throw new IdentityException(
                    "Expected JSON from the webhook, found status %d and another text".formatted(answer.statusCode()),
                    e);
        }
        if (answer.statusCode() != OK) {
            throw new IdentityException("The webhook gave no certificate, status %d: %s"
                    .formatted(answer.statusCode(), json.getValue("error")));
        }
        return Certificates.read(String.valueOf(json.getValue("certificate")).getBytes(StandardCharsets.US_ASCII));
    }

    private static SSLContext context(Authorities authorities) throws IOException {
        try {
            var trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(authorities.asKeyStore());
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IdentityException("This Java runtime cannot make a TLS context", e);
        }
    }
}
