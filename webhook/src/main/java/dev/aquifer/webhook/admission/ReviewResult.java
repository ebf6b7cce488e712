package dev.aquifer.webhook.admission;

import dev.aquifer.webhook.inject.Decision;

/** What came of thinking about a review, before it becomes an answer. */
sealed interface ReviewResult {

    /** The answer. */
    record Decided(String uid, String namespace, Decision decision) implements ReviewResult {}

    /**
     * Nothing can be decided before more is known of the pod's namespace. The pod is read again then: of those who wait,
     * no more than their bodies stays in memory, which is bounded.
     */
    record UnknownTenant(String uid, String namespace) implements ReviewResult {}

    /** Its turn came when nobody waited for the answer any longer. */
    record TooLate() implements ReviewResult {}
}
