package dev.aquifer.webhook.admission;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Leads a request to the webhook or route whose path it names; the first webhook refuses what is nobody's. */
final class Dispatch implements Handler<HttpServerRequest> {
    private final Map<String, Handler<HttpServerRequest>> byPath = new HashMap<>();
    private final Handler<HttpServerRequest> first;

    Dispatch(List<Endpoint> endpoints, List<Route> routes) {
        routes.forEach(route -> byPath.put(route.path(), route.handler()));
        for (Endpoint endpoint : endpoints) {
            byPath.put(endpoint.webhook().path(), new ReviewHandler(endpoint));
        }
        first = Objects.requireNonNull(byPath.get(endpoints.getFirst().webhook().path()));
    }

    @Override
    public void handle(HttpServerRequest request) {
        byPath.getOrDefault(request.path(), first).handle(request);
    }
}
