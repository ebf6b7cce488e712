package dev.aquifer.webhook.tokens;

/** Asks the API server about a token. */
interface TokenReviewer {

    /**
     * Has the token checked.
     *
     * @throws RuntimeException when there is no answer
     */
    ReviewedToken review(String token);
}
