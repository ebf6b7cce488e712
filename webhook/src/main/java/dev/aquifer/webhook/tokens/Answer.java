package dev.aquifer.webhook.tokens;

import io.vertx.core.json.JsonObject;

/** What a request with a token came to. */
public sealed interface Answer {

    /** What was asked for. */
    record Given(JsonObject json) implements Answer {}

    /**
     * Nothing.
     *
     * @param message what was expected, what was found and what to do
     */
    record Refused(RefusalReason reason, String message) implements Answer {
        static final Refused TOO_MANY =
                new Refused(RefusalReason.TOO_MANY, "Expected fewer requests, found too many; try again");
    }
}
