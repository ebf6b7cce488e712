package dev.aquifer.webhook.authority;

import java.time.Duration;

/**
 * How long certificates live and how often they are looked at.
 *
 * @param caLifetime how long an authority is valid
 * @param caRotation an authority is succeeded this long after it was made, and at two thirds of its life at the latest
 * @param leafLifetime how long a replica's leaf is valid; renewed at two thirds
 * @param settle how long after a write every API server is taken to act on it, and every kubelet to have it in its pods
 *     (90 s for a ConfigMap), and how far replicas' clocks may differ
 * @param tick how often everything is compared with how it should be; at most a minute
 */
public record AuthoritySettings(
        Duration caLifetime, Duration caRotation, Duration leafLifetime, Duration settle, Duration tick) {
    private static final Duration LONGEST_TICK = Duration.ofMinutes(1);

    public AuthoritySettings {
        require(
                isPositive(caRotation) && isPositive(settle) && isPositive(tick),
                "caRotation, settle and tick above 0");
        require(tick.compareTo(LONGEST_TICK) <= 0, "a tick of at most 1 minute, found " + tick);
        require(
                leafLifetime.compareTo(tick.multipliedBy(3)) >= 0 && leafLifetime.toSeconds() >= 1,
                "a leafLifetime of at least 1 s and 3 ticks, found " + leafLifetime);
        require(
                caLifetime.compareTo(leafLifetime.plus(settle).multipliedBy(3)) >= 0,
                "a caLifetime of at least 3 times leafLifetime and settle together, found " + caLifetime);
    }

    /** An authority for a year, leaves for a week, a look every ten seconds. */
    public static AuthoritySettings defaults() {
        return of(Duration.ofDays(365), Duration.ofDays(7));
    }

    public static AuthoritySettings of(Duration caLifetime, Duration leafLifetime) {
        return new AuthoritySettings(
                caLifetime,
                caLifetime.multipliedBy(2).dividedBy(3),
                leafLifetime,
                Duration.ofMinutes(5),
                Duration.ofSeconds(10));
    }

    private static boolean isPositive(Duration duration) {
        return duration.compareTo(Duration.ZERO) > 0;
    }

    private static void require(boolean holds, String expected) {
        if (!holds) {
            throw new IllegalArgumentException("Expected " + expected);
        }
    }
}
