package dev.aquifer.webhook.cluster;

import java.time.Duration;

/**
 * How a connection is felt to be alive.
 *
 * @param every how often to ask for a sign of life
 * @param longestSilence for how long none may come
 */
public record PulseRate(Duration every, Duration longestSilence) {
    /** Finds a dead connection in half a minute, and bears two lost questions. */
    public static final PulseRate DEFAULT = new PulseRate(Duration.ofSeconds(10), Duration.ofSeconds(25));

    public PulseRate {
        if (!every.isPositive() || longestSilence.compareTo(every) <= 0) {
            throw new IllegalArgumentException(
                    "Expected a positive time and a longer silence, found %s and %s".formatted(every, longestSilence));
        }
    }
}
