package dev.aquifer.webhook.binder.election;

import java.time.Duration;

/**
 * The lease that one replica holds.
 *
 * @param identity names this replica, and no other
 * @param duration how long a lease lasts that is not renewed
 * @param renewDeadline after so long without a renewal its holder stops writing; shorter than the lease lasts
 * @param retry how often it is renewed, or asked for
 */
public record LeaseSettings(
        String namespace, String name, String identity, Duration duration, Duration renewDeadline, Duration retry) {
    public LeaseSettings {
        if (duration.compareTo(renewDeadline) <= 0 || renewDeadline.compareTo(retry) <= 0) {
            throw new IllegalArgumentException("Expected duration > renewDeadline > retry, found %s, %s, %s"
                    .formatted(duration, renewDeadline, retry));
        }
    }

    /** The times that Kubernetes' own controllers have. */
    public static LeaseSettings of(String namespace, String name, String identity) {
        return new LeaseSettings(
                namespace, name, identity, Duration.ofSeconds(15), Duration.ofSeconds(10), Duration.ofSeconds(2));
    }
}
