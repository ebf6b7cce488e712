package dev.aquifer.webhook.enrolment;

import dev.aquifer.webhook.enrolment.Answer.Given;
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
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Speaks HTTP for a {@link TokenCall}: {@code Authorization: Bearer TOKEN} and a text in, JSON out. Its work is bounded: by
 * address, by requests at once and by the size of a body.
 */
public final class TokenHandler implements Handler<HttpServerRequest> {
    private static final String BEARER = "Bearer ";
    private static final long PATIENCE_NANOS = 10_000_000_000L;
    private static final int AT_ONCE = 16;

    private static final Logger LOG = LoggerFactory.getLogger(TokenHandler.class);

    private final Vertx vertx;
    private final Arrivals arrivals;
    private final TokenRules rules;
    private final PeerLimit peers;
    private final MeterRegistry registry;
    private final Semaphore places = new Semaphore(AT_ONCE);

    /** A handler of its own path. */
    public TokenHandler(Vertx vertx, Arrivals arrivals, TokenRules rules, MeterRegistry registry) {
        this(vertx, arrivals, rules, new PeerLimit(System::nanoTime), registry);
    }

    TokenHandler(Vertx vertx, Arrivals arrivals, TokenRules rules, PeerLimit peers, MeterRegistry registry) {
        this.vertx = vertx;
        this.arrivals = arrivals;
        this.rules = rules;
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
        TokenCall call = rules.calls().get(request.method());
        String token = token(request.getHeader(HttpHeaders.AUTHORIZATION));
        if (call == null) {
            answer(
                    request,
                    new Refused(Refusal.WRONG_METHOD, "Expected %s, found another method".formatted(methods())));
        } else if (token == null) {
            answer(
                    request,
                    new Refused(
                            Refusal.NOT_AUTHENTICATED,
                            "Expected the header 'Authorization: Bearer' with a service-account token, found none"));
        } else if (!peers.allows(request.remoteAddress().hostAddress())) {
            answer(request, tooMany());
        } else {
            receive(request, body, arrival, call, token);
        }
    }

    private String methods() {
        return rules.calls().keySet().stream().map(HttpMethod::name).sorted().collect(Collectors.joining(" or "));
    }

    private static @Nullable String token(@Nullable String header) {
        return header != null && header.startsWith(BEARER) && header.length() > BEARER.length()
                ? header.substring(BEARER.length())
                : null;
    }

    private void receive(HttpServerRequest request, Buffer body, Arrival arrival, TokenCall call, String token) {
        request.handler(chunk -> {
            if (body.length() + chunk.length() <= rules.largestBody()) {
                body.appendBuffer(chunk);
            } else {
                answer(
                        request,
                        new Refused(
                                Refusal.TOO_LARGE,
                                "Expected at most %d KiB, found more".formatted(rules.largestBody() >> 10)));
            }
        });
        request.endHandler(end -> {
            arrival.end();
            if (!request.response().ended()) {
                decide(request, call, token, body.toString());
            }
        });
    }

    private void decide(HttpServerRequest request, TokenCall call, String token, String body) {
        if (!places.tryAcquire()) {
            answer(request, tooMany());
            return;
        }
        Context context = vertx.getOrCreateContext();
        var _ = Thread.ofVirtual().name("token-call").start(() -> {
            Answer answer = call(call, token, body);
            context.runOnContext(decided -> answer(request, answer));
        });
    }

    private Answer call(TokenCall call, String token, String body) {
        try {
            return call.answer(token, body);
        } catch (RuntimeException e) {
            LOG.error("request failed", e);
            return new Refused(Refusal.UNAVAILABLE, "This is the server's own fault; its log says more");
        } finally {
            places.release();
        }
    }

    private static Refused tooMany() {
        return new Refused(Refusal.TOO_MANY, "Expected fewer requests, found too many; try again");
    }

    private Future<?> answer(HttpServerRequest request, Answer answer) {
        HttpServerResponse response = request.response();
        if (response.ended() || response.closed()) {
            return Future.succeededFuture();
        }
        response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
        return switch (answer) {
            case Given(JsonObject json) -> {
                count(rules.given());
                yield end(response, json);
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
        Counter.builder(rules.metric())
                .description("Requests with a token, by what they were answered")
                .tag("outcome", outcome)
                .register(registry)
                .increment();
    }
}
