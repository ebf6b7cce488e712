package dev.aquifer.webhook.admission;

import dev.aquifer.webhook.http.Body;
import dev.aquifer.webhook.http.Reception;
import dev.aquifer.webhook.http.Reception.Trouble;
import dev.aquifer.webhook.inject.Decision;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.util.function.Consumer;

/**
 * One request, from its head to its answer. It is answered exactly once, and gives its memory back exactly once. Lives
 * on one event loop.
 */
final class Exchange {
    private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
    private static final CharSequence TEXT = HttpHeaders.createOptimized("text/plain; charset=utf-8");
    private static final CharSequence ALLOW = HttpHeaders.createOptimized("Allow");
    private static final CharSequence RETRY_AFTER = HttpHeaders.createOptimized("Retry-After");
    private static final CharSequence ONE_SECOND = HttpHeaders.createOptimized("1");
    /** The API server's own limit for an object is 3 MiB; in JSON within JSON its escapes can make it five times that. */
    static final int LARGEST_BODY = 16 << 20;

    private final HttpServerRequest request;
    private final AdmissionContext context;
    private final Body body;
    private final long started;
    private final long deadline;
    private final Reception reception;

    /**
     * Begins with a request of whose body nothing has been read.
     *
     * @param started when its head came ({@link System#nanoTime})
     * @param timeoutNanos how long its sender waits for the answer
     */
    Exchange(
            HttpServerRequest request, AdmissionContext context, long declaredLength, long started, long timeoutNanos) {
        this.request = request;
        this.context = context;
        this.body = new Body(context.inFlight(), LARGEST_BODY, declaredLength);
        this.started = started;
        this.deadline = started + timeoutNanos;
        this.reception = new Reception(request, context.arrivals(), body, deadline, this::refuse);
    }

    /** Hands over once the body is complete; before that, whatever goes wrong is answered here. */
    void receive(Consumer<Exchange> whole) {
        reception.receive(() -> whole.accept(this));
    }

    Body body() {
        return body;
    }

    Vertx vertx() {
        return context.vertx();
    }

    /** How long the sender still waits; negative when he has gone. */
    long nanosLeft() {
        return deadline - System.nanoTime();
    }

    void answer(String uid, Decision decision) {
        // what cannot be written must leave the exchange open for another answer
        Buffer review = ReviewWriter.write(uid, decision);
        if (reception.finish()) {
            context.metrics().answered(decision, System.nanoTime() - started);
            // behind the decisions on all requests that came with this one: answers in a row wake who reads them once
            vertx().runOnContext(decided -> response(JSON).end(review));
        }
    }

    private Future<?> refuse(Trouble trouble) {
        return refuse(
                switch (trouble) {
                    case TOO_LATE -> HttpRefusal.TOO_SLOW;
                    case TOO_LARGE -> HttpRefusal.TOO_LARGE;
                    case NO_ROOM -> HttpRefusal.BUSY;
                });
    }

    Future<?> refuse(HttpRefusal refusal) {
        return refuse(refusal, refusal.message());
    }

    Future<?> refuse(HttpRefusal refusal, String message) {
        if (!reception.finish()) {
            return Future.succeededFuture();
        }
        HttpServerResponse response = response(TEXT).setStatusCode(refusal.status());
        switch (refusal) {
            case WRONG_METHOD -> response.putHeader(ALLOW, "POST");
            case BUSY -> response.putHeader(RETRY_AFTER, ONE_SECOND);
            case UNKNOWN_PATH, WRONG_TYPE, WRONG_TIMEOUT, TOO_LARGE, TOO_SLOW, MALFORMED_REVIEW, INTERNAL -> {}
        }
        context.metrics().refused(refusal, System.nanoTime() - started);
        context.refusals().refused(refusal, request.path());
        return response.end(Buffer.buffer(message + "\n"));
    }

    private HttpServerResponse response(CharSequence type) {
        HttpServerResponse response = request.response().putHeader(HttpHeaders.CONTENT_TYPE, type);
        if (context.draining().getAsBoolean() && request.version() != HttpVersion.HTTP_2) {
            response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        return response;
    }
}
