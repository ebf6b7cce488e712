package dev.aquifer.webhook.tokens;

import dev.aquifer.webhook.http.Arrivals;
import dev.aquifer.webhook.http.BytesInFlight;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;

/**
 * What all requests with a token share.
 *
 * @param inFlight the memory of their bodies, which have to be there before anybody knows whose the token is
 */
public record TokenContext(Vertx vertx, Arrivals arrivals, BytesInFlight inFlight, MeterRegistry registry) {
    /** A few reports of the largest size, or hundreds of usual ones. */
    private static final long BYTES_IN_FLIGHT = 8 << 20;

    private static final long KEPT_FOR_SMALL = 2 << 20;
    /** Requests for certificates, and the report of a node with a hundred datasets. */
    private static final int SMALL = 64 << 10;

    /** With memory of its own: who has no valid token takes none from those who ask about pods. */
    public static TokenContext of(Vertx vertx, Arrivals arrivals, MeterRegistry registry) {
        BytesInFlight inFlight = new BytesInFlight(BYTES_IN_FLIGHT, KEPT_FOR_SMALL, SMALL);
        Gauge.builder("aquifer.tokens.inflight", inFlight, BytesInFlight::reserved)
                .description("Memory that holds the bodies of unanswered requests with a token")
                .baseUnit("bytes")
                .register(registry);
        return new TokenContext(vertx, arrivals, inFlight, registry);
    }
}
