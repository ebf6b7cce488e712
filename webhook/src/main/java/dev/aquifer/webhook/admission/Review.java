package dev.aquifer.webhook.admission;

import dev.aquifer.webhook.entitlement.Reason;
import dev.aquifer.webhook.inject.pod.Pod;

/** What the API server asks, as far as it can be answered: every review has a uid to answer to. */
sealed interface Review {

    /** Echoed in the answer, exactly as it came. */
    String uid();

    /**
     * May this pod be created in this namespace, or have these ephemeral containers?
     *
     * @param running whether it is there already, and the ephemeral containers are new
     */
    record OfPod(String uid, String namespace, Pod pod, boolean running) implements Review {}

    /** A review that gets no other answer than a denial, with a sentence that says what to do. */
    record Unanswerable(String uid, Reason reason, String message) implements Review {}
}
