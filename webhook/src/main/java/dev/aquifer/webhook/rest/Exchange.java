package dev.aquifer.webhook.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One request and what came back of it; nothing is tried again. */
final class Exchange {
    /**
     * No longer body is taken in. One object is 2 MiB at most where the API server keeps it, and no byte of it is more than
     * six in JSON.
     */
    static final int LONGEST = 16 << 20;

    /** The text of a warning, in quotes at its end (RFC 7234, 5.5: code, agent, quoted text). */
    private static final Pattern QUOTED = Pattern.compile("\"(.*)\"$");

    private final JsonMapper json = JsonMapper.builder().build();
    private final HttpClient http;
    private final Duration patience;

    /** @param patience for the rest of an answer once its head is there: the time limit of a request ends with that */
    Exchange(HttpClient http, Duration patience) {
        this.http = http;
        this.patience = patience;
    }

    /**
     * What came back.
     *
     * @param body missing where it is no JSON, or nothing came
     * @param length how many bytes the body had
     * @param retryAfter the header of that name, null without one
     * @param failure null when all went well
     */
    record Answer(
            JsonNode body,
            int length,
            @Nullable String retryAfter,
            List<String> warnings,
            @Nullable ApiException failure) {
        /** The body, unless something failed. */
        JsonNode orThrow() {
            if (failure != null) {
                throw failure;
            }
            return body;
        }
    }

    /** Makes a tree of a body. */
    @FunctionalInterface
    interface Reader {
        JsonNode read(byte[] body) throws IOException;
    }

    private record Response(HttpResponse<AsyncBody> head, BoundedBody body) {}

    Answer send(HttpRequest request) {
        return send(request, LONGEST, json::readTree);
    }

    /**
     * As {@link #send(HttpRequest)}.
     *
     * @param longest of how many bytes a body may be
     * @param reader of the body, unless the request is refused
     */
    Answer send(HttpRequest request, int longest, Reader reader) {
        Response response;
        try {
            response = response(request, longest);
        } catch (ApiException e) {
            return new Answer(MissingNode.getInstance(), 0, null, List.of(), e);
        }
        boolean well = response.head.isSuccessful();
        JsonNode body = read(response.body.bytes(), well ? reader : json::readTree);
        return new Answer(
                body,
                response.body.length(),
                response.head.header("Retry-After"),
                warnings(response.head),
                well ? null : failure(response.head, body));
    }

    /**
     * The body as it came.
     *
     * @throws ApiException when the request is refused, or there is no answer
     */
    String text(HttpRequest request) {
        Response response = response(request, LONGEST);
        if (!response.head.isSuccessful()) {
            throw failure(response.head, read(response.body.bytes(), json::readTree));
        }
        return new String(response.body.bytes(), UTF_8);
    }

    private Response response(HttpRequest request, int longest) {
        BoundedBody body = new BoundedBody(longest);
        try {
            HttpResponse<AsyncBody> head = http.consumeBytes(request, body).join();
            await(head.body());
            return new Response(head, body);
        } catch (CompletionException | CancellationException e) {
            if (body.isTooLong()) {
                throw new ApiException(ApiException.TOO_LONG, "the answer is longer than %d bytes".formatted(longest));
            }
            throw new ApiException(ApiException.NONE, "no answer: " + (e.getCause() == null ? e : e.getCause()));
        }
    }

    private void await(AsyncBody body) {
        body.consume();
        try {
            body.done()
                    .copy()
                    .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        } catch (CompletionException | CancellationException e) {
            body.cancel();
            throw e;
        }
    }

    private static ApiException failure(HttpResponse<?> head, JsonNode body) {
        return new ApiException(
                head.code(),
                body.path("message").asText("HTTP status " + head.code()),
                body.at("/details/causes/0/reason").asText());
    }

    private static List<String> warnings(HttpResponse<?> head) {
        return head.headers("Warning").stream()
                .map(QUOTED::matcher)
                .filter(Matcher::find)
                .map(quoted -> quoted.group(1).replaceAll("\\\\(.)", "$1"))
                .toList();
    }

    private static JsonNode read(byte[] body, Reader reader) {
        try {
            return reader.read(body);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        } catch (IOException e) {
            throw new AssertionError("bytes in memory can be read", e);
        }
    }
}
