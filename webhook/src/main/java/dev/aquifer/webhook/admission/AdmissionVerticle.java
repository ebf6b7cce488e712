package dev.aquifer.webhook.admission;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One event loop's share of the HTTPS server. */
final class AdmissionVerticle extends VerticleBase {
    private final HttpServerOptions options;
    private final List<Endpoint> endpoints;
    private final List<Route> routes;

    @SuppressWarnings("NullAway.Init") // from start on
    private HttpServer server;

    AdmissionVerticle(HttpServerOptions options, List<Endpoint> endpoints, List<Route> routes) {
        this.options = options;
        this.endpoints = endpoints;
        this.routes = routes;
    }

    @Override
    public Future<?> start() {
        server = vertx.createHttpServer(options).requestHandler(new Dispatch(endpoints, routes));
        return server.listen();
    }

    int port() {
        return server.actualPort();
    }

    Future<Boolean> swap(ServerSSLOptions tls) {
        return server.updateSSLOptions(tls);
    }

    /** Takes no new connection, and closes each old one when its request is answered. */
    Future<Void> shutdown(long timeoutMillis) {
        return server.shutdown(timeoutMillis, TimeUnit.MILLISECONDS);
    }
}
