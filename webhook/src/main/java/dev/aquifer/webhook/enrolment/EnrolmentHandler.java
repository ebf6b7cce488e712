package dev.aquifer.webhook.enrolment;

import dev.aquifer.webhook.enrolment.Answer.Issued;
import dev.aquifer.webhook.enrolment.Answer.Refused;
import dev.aquifer.webhook.http.Arrival;
import dev.aquifer.webhook.http.Arrivals;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Speaks HTTP for {@link Enrolment}: {@code Authorization: Bearer TOKEN} and a PEM request in, JSON out. Its work is
 * bounded: by address, by requests at once and by the size of a body.
 */
final class EnrolmentHandler implements Handler<HttpServerRequest> {
    private static final String BEARER = "Bearer ";
    private static final int LARGEST_BODY = 16 << 10;
    private static final long PATIENCE_NANOS = 10_000_000_000L;
    private static final int AT_ONCE = 16;

    private static final Logger LOG = LoggerFactory.getLogger(EnrolmentHandler.class);

    private final Vertx vertx;
    private final Arrivals arrivals;
    private final Enrolment enrolment;
    private final PeerLimit peers;
    private final MeterRegistry registry;
    private final Semaphore places = new Semaphore(AT_ONCE);

    EnrolmentHandler(Vertx vertx, Arrivals arrivals, Enrolment enrolment, PeerLimit peers, MeterRegistry registry) {
        this.vertx = vertx;
        this.arrivals = arrivals;
        this.enrolment = enrolment;
        this.peers = peers;
        this.registry = registry;
    }

    @Override
    public void handle(HttpServerRequest request) {
        Buffer body = Buffer.buffer();
        Arrival arrival = arrivals.begin(
                request,
                System.nanoTime() + PATIENCE_NANOS,
                () -> body.length() > 0,
                () -> answer(request, new Refused(Refusal.TOO_SLOW, "Expected a request within 10 s, found a part")));
        request.exceptionHandler(gone -> arrival.end());
        request.endHandler(end -> arrival.end());
        String token = token(request.getHeader(HttpHeaders.AUTHORIZATION));
        if (!HttpMethod.POST.equals(request.method())) {
            answer(request, new Refused(Refusal.WRONG_METHOD, "Expected POST, found another method"));
        } else if (token == null) {
            answer(
                    request,
                    new Refused(
                            Refusal.NOT_AUTHENTICATED,
                            "Expected the header 'Authorization: Bearer' with a service-account token, found none"));
        } else if (!peers.allows(request.remoteAddress().hostAddress())) {
            answer(request, tooMany());
        } else {
            receive(request, body, arrival, token);
        }
    }

    private static @Nullable String token(@Nullable String header) {
        return header != null && header.startsWith(BEARER) && header.length() > BEARER.length()
                ? header.substring(BEARER.length())
                : null;
    }

    private void receive(HttpServerRequest request, Buffer body, Arrival arrival, String token) {
        request.handler(chunk -> {
            if (body.length() + chunk.length() <= LARGEST_BODY) {
                body.appendBuffer(chunk);
            } else {
                answer(request, new Refused(Refusal.TOO_LARGE, "Expected at most 16 KiB, found more"));
            }
        });
        request.endHandler(end -> {
            arrival.end();
            if (!request.response().ended()) {
                decide(request, token, body.toString());
            }
        });
    }

    private void decide(HttpServerRequest request, String token, String body) {
        if (!places.tryAcquire()) {
            answer(request, tooMany());
            return;
        }
        Context context = vertx.getOrCreateContext();
        var _ = Thread.ofVirtual().name("enrolment").start(() -> {
            Answer answer = enrol(token, body);
            context.runOnContext(decided -> answer(request, answer));
        });
    }

    private Answer enrol(String token, String body) {
        try {
            return enrolment.enrol(token, body);
        } catch (RuntimeException e) {
            LOG.error("enrolment failed", e);
            return new Refused(Refusal.UNAVAILABLE, "This is the server's own fault; its log says more");
        } finally {
            places.release();
        }
    }

    private static Refused tooMany() {
        return new Refused(Refusal.TOO_MANY, "Expected fewer requests for certificates, found too many; try again");
    }

    private Future<?> answer(HttpServerRequest request, Answer answer) {
        HttpServerResponse response = request.response();
        if (response.ended() || response.closed()) {
            return Future.succeededFuture();
        }
        response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
        return switch (answer) {
            case Issued(String chain, var notAfter) -> {
                count("issued");
                yield end(response, new JsonObject().put("certificate", chain).put("notAfter", notAfter.toString()));
            }
            case Refused(Refusal reason, String message) -> {
                count(reason.label());
                if (reason.passes()) {
                    response.putHeader("Retry-After", "1");
                }
                yield end(response.setStatusCode(reason.status()), new JsonObject().put("error", message));
            }
        };
    }

    private static Future<?> end(HttpServerResponse response, JsonObject json) {
        return response.end(json.toBuffer());
    }

    private void count(String outcome) {
        Counter.builder("aquifer.enrolment.requests")
                .description("Requests for certificates, by what they were answered")
                .tag("outcome", outcome)
                .register(registry)
                .increment();
    }
}
