package dev.aquifer.webhook.report;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Asks one replica of admission, whose certificate must be of the authority and name the Service. Whom to trust and the token
 * are read for each request. Used by one thread.
 */
final class ReplicaClient {
    private static final int TIMEOUT_MILLIS = 5_000;
    private static final int OK = 200;

    private final Vertx vertx;
    private final String host;
    private final Text authorities;
    private final Text token;
    private @Nullable HttpClient client;
    private String trusted = "";

    /** A text that is looked up when it is needed; null where it is not there. */
    @FunctionalInterface
    interface Text {
        @Nullable String get() throws IOException;
    }

    /**
     * A client for all replicas.
     *
     * @param host the name in their certificates
     * @param authorities as PEM
     */
    ReplicaClient(Vertx vertx, String host, Text authorities, Text token) {
        this.vertx = vertx;
        this.host = host;
        this.authorities = authorities;
        this.token = token;
    }

    /** @throws IOException if the replica does not answer, or refuses; the message says why */
    Buffer read(SocketAddress replica, JsonObject question) throws IOException {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setServer(replica)
                .setHost(host)
                .setPort(replica.port())
                .setURI(Reports.READ)
                .setConnectTimeout(TIMEOUT_MILLIS)
                .setIdleTimeout(TIMEOUT_MILLIS)
                .putHeader(HttpHeaders.AUTHORIZATION, "Bearer " + token.get());
        return await(trusting()
                .request(options)
                .compose(request -> request.send(question.toBuffer()))
                .compose(response -> response.body()
                        .compose(body -> response.statusCode() == OK
                                ? Future.succeededFuture(body)
                                : Future.failedFuture(new IOException("status %d of replica %s: %s"
                                        .formatted(response.statusCode(), replica, body))))));
    }

    private HttpClient trusting() throws IOException {
        String now = authorities.get();
        if (now == null) {
            throw new IOException("admission has not published its certificate authority yet");
        }
        HttpClient current = client;
        if (current == null || !now.equals(trusted)) {
            if (current != null) {
                current.close();
            }
            current = vertx.createHttpClient(new HttpClientOptions()
                    .setSsl(true)
                    .setVerifyHost(true)
                    .setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(now))));
            client = current;
            trusted = now;
        }
        return current;
    }

    private static Buffer await(Future<Buffer> answer) throws IOException {
        try {
            return answer.toCompletionStage().toCompletableFuture().get(2L * TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IOException(
                    String.valueOf(e.getCause() == null ? e : e.getCause().getMessage()), e);
        } catch (TimeoutException e) {
            throw new IOException("no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
