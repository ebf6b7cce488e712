package dev.aquifer.webhook.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.NamespacedKubernetesClient;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Requests as JSON trees: fields that no model of ours knows survive. Overload (429, with its Retry-After) and failures
 * are retried a few times; what is left is thrown.
 */
public final class ApiServer {
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final int RETRIES = 3;
    private static final int PAGE = 500;
    private static final int FIRST_RETRY_MILLIS = 100;
    private static final String RETRY_AFTER = "Retry-After";
    private static final String ACCEPT_ALL = "application/json";
    private static final String ACCEPT_METADATA = "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io";

    /** The text of a warning, in quotes at its end. */
    private static final Pattern QUOTED = Pattern.compile("\"(.*)\"$");

    private final JsonMapper json = JsonMapper.builder().build();
    private final HttpClient http;
    private final URI server;
    private final Patience patience;

    public ApiServer(KubernetesClient client) {
        this(client, RETRIES);
    }

    private ApiServer(KubernetesClient client, int retries) {
        http = patient(client, TIMEOUT_MILLIS, 0).getHttpClient();
        patience = new Patience(retries);
        server = URI.create(client.getMasterUrl().toString());
    }

    /** Requests that are not retried: for those whose 429 is an answer. */
    public static ApiServer impatient(KubernetesClient client) {
        return new ApiServer(client, 0);
    }

    /** The same connections in the same name, with these limits for each request. */
    public static NamespacedKubernetesClient patient(KubernetesClient client, int timeoutMillis, int retries) {
        return client.adapt(NamespacedKubernetesClient.class)
                .withRequestConfig(
                        new RequestConfigBuilder(client.getConfiguration().getRequestConfig())
                                .withRequestTimeout(timeoutMillis)
                                .withRequestRetryBackoffLimit(retries)
                                .withRequestRetryBackoffInterval(FIRST_RETRY_MILLIS)
                                .build())
                .call(limited -> limited);
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
        return page(ACCEPT_ALL, path);
    }

    /**
     * What is at a path as text: what a pod answers through the API server. Not tried again.
     *
     * @throws ApiException when it is refused, or there is no answer
     */
    public String text(String path) {
        try {
            HttpResponse<String> response =
                    http.sendAsync(request(path).build(), String.class).join();
            if (!response.isSuccessful()) {
                throw failure(response, read(response));
            }
            return response.body();
        } catch (CompletionException | CancellationException e) {
            throw unanswered(e);
        }
    }

    /**
     * Lists a collection page by page; of a kind that the API server does not have there is nothing.
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
        String more = "";
        do {
            JsonNode page = page(
                    accept,
                    collection + (collection.contains("?") ? "&" : "?") + "limit=" + PAGE
                            + (more.isEmpty() ? "" : "&continue=" + more));
            if (page == null) {
                return;
            }
            page.path("items").forEach(item);
            more = page.path("metadata").path("continue").asText();
        } while (!more.isEmpty());
    }

    private @Nullable JsonNode page(String accept, String path) {
        try {
            return answer(request(path).setHeader("Accept", accept), () -> true);
        } catch (ApiException e) {
            if (e.isNotFound()) {
                return null;
            }
            throw e;
        }
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
     * @param warning takes what the API server warns of (RFC 7234, 5.5: code, agent, quoted text), of a refusal too
     * @throws ApiException when it is refused, or there is no answer
     */
    public JsonNode create(String path, JsonNode body, Consumer<String> warning) {
        Answer answer = exchange(
                request(path).method("POST", ACCEPT_ALL, body.toString()).build());
        answer.warnings.forEach(warning);
        if (answer.failure != null) {
            throw answer.failure;
        }
        return answer.body;
    }

    private HttpRequest.Builder request(String path) {
        return http.newHttpRequestBuilder().uri(server.resolve(path)).timeout(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
    }

    private JsonNode answer(HttpRequest.Builder builder, BooleanSupplier still) {
        HttpRequest request = builder.build();
        for (int made = 0; ; made++) {
            Answer answer = exchange(request);
            if (answer.failure == null) {
                return answer.body;
            }
            Duration pause = patience.before(made, answer.failure.code(), answer.retryAfter);
            if (pause == null || !still.getAsBoolean()) {
                throw answer.failure;
            }
            pause(pause, answer.failure);
        }
    }

    /** @param failure null when all went well */
    private record Answer(
            JsonNode body,
            @Nullable String retryAfter,
            List<String> warnings,
            @Nullable ApiException failure) {}

    private Answer exchange(HttpRequest request) {
        try {
            HttpResponse<String> response =
                    http.sendAsync(request, String.class).join();
            JsonNode body = read(response);
            return new Answer(
                    body,
                    response.header(RETRY_AFTER),
                    warnings(response),
                    response.isSuccessful() ? null : failure(response, body));
        } catch (CompletionException | CancellationException e) {
            return new Answer(MissingNode.getInstance(), null, List.of(), unanswered(e));
        }
    }

    private static List<String> warnings(HttpResponse<String> response) {
        return response.headers("Warning").stream()
                .map(QUOTED::matcher)
                .filter(Matcher::find)
                .map(quoted -> quoted.group(1).replaceAll("\\\\(.)", "$1"))
                .toList();
    }

    private static ApiException unanswered(RuntimeException e) {
        return new ApiException(ApiException.NONE, "no answer: " + (e.getCause() == null ? e : e.getCause()));
    }

    private static ApiException failure(HttpResponse<String> response, JsonNode body) {
        return new ApiException(response.code(), body.path("message").asText("HTTP status " + response.code()));
    }

    private static void pause(Duration time, ApiException failure) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure;
        }
    }

    private JsonNode read(HttpResponse<String> response) {
        try {
            return json.readTree(response.body());
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }
}
