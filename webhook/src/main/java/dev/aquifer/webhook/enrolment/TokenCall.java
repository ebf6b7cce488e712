package dev.aquifer.webhook.enrolment;

/** Answers requests of those who prove with a token who they are. Blocks. */
@FunctionalInterface
public interface TokenCall {

    /**
     * Answers one of them.
     *
     * @param body empty where the method has none
     */
    Answer answer(String token, String body);
}
