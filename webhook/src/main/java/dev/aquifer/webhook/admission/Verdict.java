package dev.aquifer.webhook.admission;

import dev.aquifer.webhook.admission.Review.OfPod;
import dev.aquifer.webhook.inject.Decision;

/** What came of thinking about a review, before it becomes an answer. */
sealed interface Verdict {

    /** The answer. */
    record Decided(String uid, String namespace, Decision decision) implements Verdict {}

    /** Nothing can be decided before more is known of the pod's namespace. */
    record UnknownTenant(OfPod review) implements Verdict {}

    /** Its turn came when nobody waited for the answer any longer. */
    record TooLate() implements Verdict {}
}
