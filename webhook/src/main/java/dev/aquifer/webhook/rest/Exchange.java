package dev.aquifer.webhook.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One request and what came back of it; nothing is tried again. */
final class Exchange {
    /** The text of a warning, in quotes at its end (RFC 7234, 5.5: code, agent, quoted text). */
    private static final Pattern QUOTED = Pattern.compile("\"(.*)\"$");

    private final JsonMapper json = JsonMapper.builder().build();
    private final HttpClient http;

    Exchange(HttpClient http) {
        this.http = http;
    }

    /**
     * What came back.
     *
     * @param body missing where it is no JSON, or nothing came
     * @param retryAfter the header of that name, null without one
     * @param failure null when all went well
     */
    record Answer(
            JsonNode body,
            @Nullable String retryAfter,
            List<String> warnings,
            @Nullable ApiException failure) {}

    Answer send(HttpRequest request) {
        try {
            HttpResponse<String> response = response(request);
            JsonNode body = read(response);
            return new Answer(
                    body,
                    response.header("Retry-After"),
                    warnings(response),
                    response.isSuccessful() ? null : failure(response, body));
        } catch (ApiException e) {
            return new Answer(MissingNode.getInstance(), null, List.of(), e);
        }
    }

    /**
     * The body as it came.
     *
     * @throws ApiException when the request is refused, or there is no answer
     */
    String text(HttpRequest request) {
        HttpResponse<String> response = response(request);
        if (!response.isSuccessful()) {
            throw failure(response, read(response));
        }
        return response.body();
    }

    private HttpResponse<String> response(HttpRequest request) {
        try {
            return http.sendAsync(request, String.class).join();
        } catch (CompletionException | CancellationException e) {
            throw new ApiException(ApiException.NONE, "no answer: " + (e.getCause() == null ? e : e.getCause()));
        }
    }

    private static ApiException failure(HttpResponse<String> response, JsonNode body) {
        return new ApiException(
                response.code(),
                body.path("message").asText("HTTP status " + response.code()),
                body.at("/details/causes/0/reason").asText());
    }

    private static List<String> warnings(HttpResponse<String> response) {
        return response.headers("Warning").stream()
                .map(QUOTED::matcher)
                .filter(Matcher::find)
                .map(quoted -> quoted.group(1).replaceAll("\\\\(.)", "$1"))
                .toList();
    }

    private JsonNode read(HttpResponse<String> response) {
        try {
            return json.readTree(response.body());
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }
}
