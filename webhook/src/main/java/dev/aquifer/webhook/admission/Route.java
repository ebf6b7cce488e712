package dev.aquifer.webhook.admission;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;

/** Something else that is served on the admission server's port. The handler is shared by all event loops. */
public record Route(String path, Handler<HttpServerRequest> handler) {}
