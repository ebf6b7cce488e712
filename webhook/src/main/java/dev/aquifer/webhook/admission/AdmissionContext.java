package dev.aquifer.webhook.admission;

import io.vertx.core.Vertx;
import java.util.function.BooleanSupplier;

/**
 * What all requests share.
 *
 * @param draining whether clients shall take their next request elsewhere
 */
record AdmissionContext(Vertx vertx, BytesInFlight inFlight, AdmissionMetrics metrics, BooleanSupplier draining) {}
