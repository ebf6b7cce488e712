package dev.aquifer.webhook.admission;

import dev.aquifer.webhook.duration.DurationText;
import dev.aquifer.webhook.http.ContentLength;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Takes POST of one path with a JSON body of bearable size; refuses the rest. Lives on one event loop. */
final class ReviewHandler implements Handler<HttpServerRequest> {
    private static final String JSON = "application/json";
    private static final String TIMEOUT = "timeout=";
    /** The API server's own default (AdmissionRegistration v1, timeoutSeconds). */
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

    private static final Duration LONGEST_TIMEOUT = Duration.ofSeconds(30);

    private final Endpoint endpoint;
    /** All requests of one webhook configuration have the same query. */
    private @Nullable String lastQuery;

    private long lastTimeoutNanos = DEFAULT_TIMEOUT.toNanos();

    ReviewHandler(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public void handle(HttpServerRequest request) {
        long started = System.nanoTime();
        long declared = ContentLength.of(request);
        HttpRefusal refusal = refusal(request, declared);
        Exchange exchange = new Exchange(request, endpoint.context(), declared, started, lastTimeoutNanos);
        exchange.receive(endpoint.reviewer()::review);
        if (refusal != null) {
            exchange.refuse(refusal);
        }
    }

    private @Nullable HttpRefusal refusal(HttpServerRequest request, long declared) {
        if (!endpoint.webhook().path().equals(request.path())) {
            return HttpRefusal.UNKNOWN_PATH;
        }
        if (!HttpMethod.POST.equals(request.method())) {
            return HttpRefusal.WRONG_METHOD;
        }
        if (!isJson(request.headers())) {
            return HttpRefusal.WRONG_TYPE;
        }
        if (declared > Exchange.LARGEST_BODY) {
            return HttpRefusal.TOO_LARGE;
        }
        return readTimeout(request.query()) ? null : HttpRefusal.WRONG_TIMEOUT;
    }

    private static boolean isJson(MultiMap headers) {
        if (headers.contains(HttpHeaders.CONTENT_ENCODING)) {
            return false;
        }
        String type = headers.get(HttpHeaders.CONTENT_TYPE);
        if (JSON.equals(type)) {
            return true;
        }
        if (type == null) {
            return false;
        }
        int parameters = type.indexOf(';');
        return JSON.equalsIgnoreCase((parameters < 0 ? type : type.substring(0, parameters)).strip());
    }

    private boolean readTimeout(@Nullable String query) {
        if (query == null) {
            lastQuery = null;
            lastTimeoutNanos = DEFAULT_TIMEOUT.toNanos();
            return true;
        }
        if (query.equals(lastQuery)) {
            return true;
        }
        try {
            Duration timeout = timeout(query);
            lastTimeoutNanos = (timeout.compareTo(LONGEST_TIMEOUT) < 0 ? timeout : LONGEST_TIMEOUT).toNanos();
            lastQuery = query;
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static Duration timeout(String query) {
        for (String parameter : query.split("&", -1)) {
            if (parameter.startsWith(TIMEOUT)) {
                return DurationText.parse(parameter.substring(TIMEOUT.length()));
            }
        }
        return DEFAULT_TIMEOUT;
    }
}
