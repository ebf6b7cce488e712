package dev.aquifer.webhook.tokens;

import dev.aquifer.webhook.http.Body;
import dev.aquifer.webhook.http.ContentLength;
import dev.aquifer.webhook.http.Reception;
import dev.aquifer.webhook.http.Reception.Trouble;
import dev.aquifer.webhook.tokens.Answer.Given;
import dev.aquifer.webhook.tokens.Answer.Refused;
import io.micrometer.core.instrument.Counter;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** One request with a token, from its head to its answer, which it gets once. Lives on one event loop. */
final class TokenExchange {
    private static final long PATIENCE_NANOS = 10_000_000_000L;

    private final HttpServerRequest request;
    private final TokenContext context;
    private final TokenRules rules;
    private final Body body;
    private final Reception reception;

    /** Begins with a request of whose body nothing has been read. */
    TokenExchange(HttpServerRequest request, TokenContext context, TokenRules rules) {
        this.request = request;
        this.context = context;
        this.rules = rules;
        this.body = new Body(context.inFlight(), rules.largestBody(), ContentLength.of(request));
        this.reception =
                new Reception(request, context.arrivals(), body, System.nanoTime() + PATIENCE_NANOS, this::refuse);
    }

    /** Hands over once the body is complete; before that, whatever goes wrong is answered here. */
    void receive(Consumer<TokenExchange> whole) {
        reception.receive(() -> whole.accept(this));
    }

    /** The whole body; on any thread, until the answer. */
    String text() {
        return new String(body.bytes(), 0, body.length(), StandardCharsets.UTF_8);
    }

    Future<?> answer(Answer answer) {
        HttpServerResponse response = request.response();
        if (!reception.finish() || response.closed()) {
            return Future.succeededFuture();
        }
        response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
        return switch (answer) {
            case Given(JsonObject json) -> {
                count(rules.given());
                yield response.end(json.toBuffer());
            }
            case Refused(RefusalReason reason, String message) -> {
                count(reason.label());
                if (reason.passes()) {
                    response.putHeader("Retry-After", "1");
                }
                yield response.setStatusCode(reason.status())
                        .end(new JsonObject().put("error", message).toBuffer());
            }
        };
    }

    private Future<?> refuse(Trouble trouble) {
        return answer(
                switch (trouble) {
                    case TOO_LATE ->
                        new Refused(RefusalReason.TOO_SLOW, "Expected a request within 10 s, found a part");
                    case TOO_LARGE ->
                        new Refused(
                                RefusalReason.TOO_LARGE,
                                "Expected at most %d KiB, found more".formatted(rules.largestBody() >> 10));
                    case NO_ROOM -> Refused.TOO_MANY;
                });
    }

    private void count(String outcome) {
        Counter.builder(rules.metric())
                .description(rules.description())
                .tag("outcome", outcome)
                .register(context.registry())
                .increment();
    }
}
