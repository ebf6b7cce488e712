package dev.aquifer.webhook.enrolment;

/** Asks the API server about a token. */
interface TokenReviewer {

    /**
     * Has the token checked.
     *
     * @throws RuntimeException when there is no answer
     */
    ReviewedToken review(String token);
}
