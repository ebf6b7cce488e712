package dev.aquifer.benchmarks;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServerOptions;

/** One event loop's share of the empty server. */
final class EmptyVerticle extends VerticleBase {
    private final HttpServerOptions options;
    private final EmptyHandler handler;

    EmptyVerticle(HttpServerOptions options, EmptyHandler handler) {
        this.options = options;
        this.handler = handler;
    }

    @Override
    public Future<?> start() {
        return vertx.createHttpServer(options).requestHandler(handler).listen();
    }
}
