package dev.aquifer.webhook.binder.pods;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done now to a pod that has to leave. No pod lives past the last moment, which is a while after the one
 * until when it is asked, however long a grace period it gave itself.
 */
sealed interface SendOff {
    /** So long a pod has to end that is made to. */
    Duration LAST_GRACE = Duration.ofSeconds(30);

    long DEFAULT_GRACE_SECONDS = 30;

    /**
     * It is asked to leave.
     *
     * @param graceSeconds how long it then has; null for as long as it says itself
     */
    record Ask(@Nullable Long graceSeconds) implements SendOff {}

    /** It is deleted, with the same. */
    record Delete(@Nullable Long graceSeconds) implements SendOff {}

    /** It is ending, and would take too long: it gets less time. */
    record Hurry(long graceSeconds) implements SendOff {}

    /** It is ending; nothing is to be done but to wait. */
    record Await() implements SendOff {}

    /**
     * Decides it.
     *
     * @param until when the pod is no longer asked
     */
    static SendOff of(JsonNode pod, Instant until, Instant now) {
        boolean late = !now.isBefore(until);
        JsonNode metadata = pod.path("metadata");
        if (metadata.hasNonNull("deletionTimestamp")) {
            return late && outlasts(metadata, until) ? new Hurry(LAST_GRACE.toSeconds()) : new Await();
        }
        long most = LAST_GRACE
                .plus(late ? Duration.ZERO : Duration.between(now, until))
                .toSeconds();
        long own = pod.at("/spec/terminationGracePeriodSeconds").asLong(DEFAULT_GRACE_SECONDS);
        Long grace = own > most ? (Long) most : null;
        return late ? new Delete(grace) : new Ask(grace);
    }

    /** A pod's deletion time is when its grace period will be over; one that was shortened is let be. */
    private static boolean outlasts(JsonNode metadata, Instant until) {
        return metadata.path("deletionGracePeriodSeconds").asLong() > LAST_GRACE.toSeconds()
                && Instant.parse(metadata.path("deletionTimestamp").asText()).isAfter(until.plus(LAST_GRACE));
    }
}
