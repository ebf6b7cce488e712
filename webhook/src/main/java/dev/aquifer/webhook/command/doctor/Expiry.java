package dev.aquifer.webhook.command.doctor;

import java.time.Duration;
import java.time.Instant;

/**
 * When a certificate ends soon, though it should have been renewed when two thirds of its life were over: in its last sixth,
 * and no longer before its end than the chart's alert says, as {@code templates/monitoring.yaml} has it.
 */
enum Expiry {
    /** As the alert AquiferCertificateExpiresSoon. */
    SERVING(Duration.ofDays(1)),
    /** As the alert AquiferAuthorityExpiresSoon. */
    AUTHORITY(Duration.ofDays(30));

    private static final int PARTS = 6;

    private final Duration most;

    Expiry(Duration most) {
        this.most = most;
    }

    boolean isSoon(Instant end, Duration life, Instant now) {
        Duration sixth = life.dividedBy(PARTS);
        return Duration.between(now, end).compareTo(sixth.compareTo(most) < 0 ? sixth : most) < 0;
    }
}
