package dev.aquifer.webhook.admission;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpConnection;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the open connections. */
final class Connections implements Handler<HttpConnection> {
    private final AtomicInteger open = new AtomicInteger();

    Connections(MeterRegistry registry) {
        Gauge.builder("aquifer.admission.connections", open, AtomicInteger::doubleValue)
                .description("Open connections to the admission server")
                .register(registry);
    }

    @Override
    public void handle(HttpConnection connection) {
        open.incrementAndGet();
        connection.closeHandler(closed -> open.decrementAndGet());
    }
}
