package dev.aquifer.webhook.enrolment;

import java.time.Instant;

/** What a request for a certificate came to. */
sealed interface Answer {

    /**
     * A certificate.
     *
     * @param chain as PEM, leaf first
     */
    record Issued(String chain, Instant notAfter) implements Answer {}

    /**
     * None.
     *
     * @param message what was expected, what was found and what to do
     */
    record Refused(Refusal reason, String message) implements Answer {}
}
