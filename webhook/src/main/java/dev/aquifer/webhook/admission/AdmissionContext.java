package dev.aquifer.webhook.admission;

import dev.aquifer.webhook.http.Arrivals;
import dev.aquifer.webhook.http.BytesInFlight;
import io.vertx.core.Vertx;
import java.util.function.BooleanSupplier;

/**
 * What all requests share.
 *
 * @param refusals of all webhooks
 * @param draining whether clients shall take their next request elsewhere
 */
record AdmissionContext(
        Vertx vertx,
        Arrivals arrivals,
        BytesInFlight inFlight,
        AdmissionMetrics metrics,
        RefusalLog refusals,
        BooleanSupplier draining) {}
