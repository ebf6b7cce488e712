package dev.aquifer.webhook.tokens;

import dev.aquifer.webhook.tokens.Answer.Refused;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Speaks HTTP for a {@link TokenCall}: {@code Authorization: Bearer TOKEN} and a text in, JSON out. Its work is bounded: by
 * address, by requests at once, by the size of a body and by that of all bodies together.
 */
public final class TokenHandler implements Handler<HttpServerRequest> {
    private static final String BEARER = "Bearer ";
    private static final int AT_ONCE = 16;

    private static final Logger LOG = LoggerFactory.getLogger(TokenHandler.class);

    private final TokenContext context;
    private final TokenRules rules;
    private final PeerLimit peers = new PeerLimit(System::nanoTime);
    private final Semaphore places = new Semaphore(AT_ONCE);

    /** A handler of its own path. */
    public TokenHandler(TokenContext context, TokenRules rules) {
        this.context = context;
        this.rules = rules;
    }

    @Override
    public void handle(HttpServerRequest request) {
        TokenExchange exchange = new TokenExchange(request, context, rules);
        String token = token(request.getHeader(HttpHeaders.AUTHORIZATION));
        if (!HttpMethod.POST.equals(request.method())) {
            refuse(exchange, new Refused(RefusalReason.WRONG_METHOD, "Expected POST, found another method"));
        } else if (token == null) {
            refuse(
                    exchange,
                    new Refused(
                            RefusalReason.NOT_AUTHENTICATED,
                            "Expected the header 'Authorization: Bearer' with a service-account token, found none"));
        } else if (!peers.allows(request.remoteAddress().hostAddress())) {
            refuse(exchange, Refused.TOO_MANY);
        } else {
            exchange.receive(whole -> decide(whole, token));
        }
    }

    private static void refuse(TokenExchange exchange, Refused refused) {
        exchange.receive(whole -> {});
        exchange.answer(refused);
    }

    private static @Nullable String token(@Nullable String header) {
        return header != null && header.startsWith(BEARER) && header.length() > BEARER.length()
                ? header.substring(BEARER.length())
                : null;
    }

    private void decide(TokenExchange exchange, String token) {
        if (!places.tryAcquire()) {
            exchange.answer(Refused.TOO_MANY);
            return;
        }
        Context loop = context.vertx().getOrCreateContext();
        var _ = Thread.ofVirtual().name("token-call").start(() -> {
            Answer answer = call(exchange, token);
            loop.runOnContext(decided -> exchange.answer(answer));
        });
    }

    private Answer call(TokenExchange exchange, String token) {
        try {
            return rules.call().answer(token, exchange::text);
        } catch (RuntimeException e) {
            LOG.error("request failed", e);
            return new Refused(RefusalReason.UNAVAILABLE, "This is the server's own fault; its log says more");
        } finally {
            places.release();
        }
    }
}
