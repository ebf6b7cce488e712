package dev.aquifer.webhook.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aquifer.webhook.rest.Exchange.Answer;
import dev.aquifer.webhook.rest.Pages.Source;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Requests as JSON trees: fields that no model of ours knows survive. Overload (429, with its Retry-After) and failures
 * are retried a few times; what is left is thrown.
 */
public final class ApiServer {
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final int RETRIES = 3;
    private static final String ACCEPT_ALL = "application/json";
    private static final String ACCEPT_METADATA = "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io";

    private final HttpClient http;
    private final Exchange exchange;
    private final URI server;
    private final Patience patience;

    public ApiServer(KubernetesClient client) {
        this(client, RETRIES);
    }

    private ApiServer(KubernetesClient client, int retries) {
        http = LimitedClient.of(client, TIMEOUT_MILLIS).getHttpClient();
        exchange = new Exchange(http, Duration.ofMillis(TIMEOUT_MILLIS));
        patience = new Patience(retries);
        server = URI.create(client.getMasterUrl().toString());
    }

    /** Requests that are not retried: for those whose 429 is an answer. */
    public static ApiServer impatient(KubernetesClient client) {
        return new ApiServer(client, 0);
    }

    /**
     * What is at a path.
     *
     * @param path with its query, such as {@code /api/v1/namespaces/a/pods?limit=500}
     * @throws ApiException when it is refused, or there is no answer
     */
    public JsonNode get(String path) {
        return answer(request(path), () -> true);
    }

    /** What {@link #get} returns, or null where nothing is. */
    public @Nullable JsonNode find(String path) {
        try {
            return get(path);
        } catch (ApiException e) {
            if (e.isNotFound()) {
                return null;
            }
            throw e;
        }
    }

    /**
     * What is at a path as text: what a pod answers through the API server. Not tried again.
     *
     * @throws ApiException when it is refused, or there is no answer
     */
    public String text(String path) {
        return exchange.text(request(path).build());
    }

    /**
     * Lists a collection page by page, whatever the length of its objects; of a kind that the API server does not have
     * there is nothing.
     *
     * @param collection with its query, if it has one
     */
    public void list(String collection, Consumer<JsonNode> item) {
        list(collection, ACCEPT_ALL, item);
    }

    /** As {@link #list(String, Consumer)}, with nothing of each object but its metadata. */
    public void listMetadata(String collection, Consumer<JsonNode> item) {
        list(collection, ACCEPT_METADATA, item);
    }

    private void list(String collection, String accept, Consumer<JsonNode> item) {
        Source source = (path, longest, reader) -> {
            HttpRequest request = request(path).setHeader("Accept", accept).build();
            return tried(() -> exchange.send(request, longest, reader), () -> true);
        };
        new Pages(source, item).take(collection);
    }

    /**
     * Sends a body, and returns the answer's.
     *
     * @throws ApiException when it is refused, or there is no answer
     */
    public JsonNode send(String method, String path, String contentType, JsonNode body) {
        return send(method, path, contentType, body, () -> true);
    }

    /**
     * As {@link #send(String, String, String, JsonNode)}.
     *
     * @param still whether the request may be made again
     */
    public JsonNode send(String method, String path, String contentType, JsonNode body, BooleanSupplier still) {
        return answer(request(path).method(method, contentType, body.toString()), still);
    }

    /**
     * Makes an object, and returns it as it is stored.
     *
     * @param warning takes what the API server warns of, with a refusal too
     * @throws ApiException when it is refused, or there is no answer
     */
    public JsonNode create(String path, JsonNode body, Consumer<String> warning) {
        Answer answer = exchange.send(
                request(path).method("POST", ACCEPT_ALL, body.toString()).build());
        answer.warnings().forEach(warning);
        return answer.orThrow();
    }

    private HttpRequest.Builder request(String path) {
        return http.newHttpRequestBuilder().uri(server.resolve(path)).timeout(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
    }

    private JsonNode answer(HttpRequest.Builder builder, BooleanSupplier still) {
        HttpRequest request = builder.build();
        return tried(() -> exchange.send(request), still).orThrow();
    }

    private Answer tried(Supplier<Answer> attempt, BooleanSupplier still) {
        for (int made = 0; ; made++) {
            Answer answer = attempt.get();
            ApiException failure = answer.failure();
            if (failure == null) {
                return answer;
            }
            Duration pause = patience.before(made, failure.code(), answer.retryAfter());
            if (pause == null || !still.getAsBoolean()) {
                return answer;
            }
            pause(pause, failure);
        }
    }

    private static void pause(Duration time, ApiException failure) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure;
        }
    }
}
