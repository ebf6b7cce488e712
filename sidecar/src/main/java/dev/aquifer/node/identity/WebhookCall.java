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
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Posts to one address of the webhook, which decides by the pod's token who we are. The token is read for each request,
 * since kubelet writes it anew, and goes to nobody whom the authorities did not sign.
 */
final class WebhookCall {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int LONGEST_ANSWER = 1 << 20;
    private static final int OK = 200;

    private final URI address;
    private final Path token;
    private final Duration patience;

    /** @param token the file of the projected token */
    WebhookCall(URI address, Path token) {
        this(address, token, PATIENCE);
    }

    /** @param patience for a whole answer, and for a connection */
    WebhookCall(URI address, Path token, Duration patience) {
        this.address = address;
        this.token = token;
        this.patience = patience;
    }

    /**
     * Posts, and waits for the answer.
     *
     * @param refused what an answer other than 200 means, such as "The webhook gave no certificate"
     * @throws IdentityException if the webhook refuses; the message says why
     */
    JsonObject post(String body, Authorities authorities, String refused) throws IOException, InterruptedException {
        try (var client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(patience)
                .sslContext(context(authorities))
                .build()) {
            var answer = send(
                    client,
                    HttpRequest.newBuilder(address)
                            .header("Authorization", "Bearer " + token())
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build());
            var json = json(answer.statusCode(), answer.body());
            if (answer.statusCode() != OK) {
                throw new IdentityException(
                        "%s, status %d: %s".formatted(refused, answer.statusCode(), json.getValue("error")));
            }
            return json;
        }
    }

    /** A request's own time limit ends with the head of the answer (JDK 25): one that stops there would be waited for for ever. */
    private HttpResponse<String> send(HttpClient client, HttpRequest request) throws IOException, InterruptedException {
        try {
            return client.sendAsync(
                            request,
                            BodyHandlers.limiting(BodyHandlers.ofString(StandardCharsets.UTF_8), LONGEST_ANSWER))
                    .get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            throw new IOException("the webhook has not answered within %d s".formatted(patience.toSeconds()), late);
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof IOException reason && reason.getMessage() != null
                    ? reason
                    : unreachable(failure);
        } finally {
            client.shutdownNow();
        }
    }

    /** Of a refused connection, or a name that cannot be resolved, the JDK gives the class alone. */
    private IdentityException unreachable(Exception failure) {
        return new IdentityException(
                "Expected the webhook at %s, found that it cannot be reached (%s); see whether admission runs, and whether a NetworkPolicy lets this pod reach it"
                        .formatted(address, failure.getCause()),
                failure);
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

    private static JsonObject json(int status, String body) throws IdentityException {
        try {
            return new JsonObject(body);
        } catch (DecodeException e) {
            throw new IdentityException(
                    "Expected JSON from the webhook, found status %d and another text".formatted(status), e);
        }
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
