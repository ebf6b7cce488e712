package dev.aquifer.webhook.tokens;

import java.util.function.Supplier;

/** Answers requests of those who prove with a token who they are. Blocks. */
@FunctionalInterface
public interface TokenCall {

    /**
     * Answers one of them.
     *
     * @param body empty where the method has none; a large one is best read once it is known who sent it
     */
    Answer answer(String token, Supplier<String> body);
}
