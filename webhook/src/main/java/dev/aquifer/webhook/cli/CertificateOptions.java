package dev.aquifer.webhook.cli;

import dev.aquifer.webhook.authority.AuthoritySettings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for the lives of certificates. */
final class CertificateOptions {
    private static final Duration LONGEST_LIFETIME = Duration.ofDays(3650);
    private static final Duration LONGEST_SETTLE = Duration.ofHours(1);
    private static final Duration LONGEST_TICK = Duration.ofMinutes(1);

    @Option(
            names = "--ca-lifetime",
            paramLabel = "DURATION",
            description = "How long an authority is valid (default: 365d).")
    private Duration caLifetime = Duration.ofDays(365);

    @Option(
            names = "--ca-rotation",
            paramLabel = "DURATION",
            description = "How old an authority is when the next one takes over, without a gap (default: two thirds of"
                    + " --ca-lifetime).")
    private @Nullable Duration caRotation;

    @Option(
            names = "--leaf-lifetime",
            paramLabel = "DURATION",
            description = "How long a server certificate is valid; it is renewed at two thirds (default: 7d).")
    private Duration leafLifetime = Duration.ofDays(7);

    @Option(
            names = "--ca-settle",
            paramLabel = "DURATION",
            description = "How long API servers, and kubelets that mount it, may take to act on a new trust bundle"
                    + " (default: 5m).")
    private Duration settle = Duration.ofMinutes(5);

    @Option(
            names = "--ca-tick",
            paramLabel = "DURATION",
            description = "How often certificates are compared with how they should be (default: 10s).")
    private Duration tick = Duration.ofSeconds(10);

    /** @throws IllegalArgumentException naming the option whose value cannot work */
    AuthoritySettings settings() {
        Wrong.unless(isWithin(tick, LONGEST_TICK), "--ca-tick", "more than 0s and at most 1m", tick);
        Wrong.unless(isWithin(settle, LONGEST_SETTLE), "--ca-settle", "more than 0s and at most 1h", settle);
        Wrong.unless(
                leafLifetime.toSeconds() >= 1 && leafLifetime.compareTo(tick.multipliedBy(3)) >= 0,
                "--leaf-lifetime",
                "at least 1s and three times --ca-tick (%s)".formatted(tick),
                leafLifetime);
        Wrong.unless(isWithin(caLifetime, LONGEST_LIFETIME), "--ca-lifetime", "at most 3650d", caLifetime);
        Wrong.unless(
                caLifetime.compareTo(leafLifetime.plus(settle).multipliedBy(3)) >= 0,
                "--ca-lifetime",
                "at least three times --leaf-lifetime (%s) and --ca-settle (%s) together"
                        .formatted(leafLifetime, settle),
                caLifetime);
        Duration rotation = caRotation == null ? caLifetime.multipliedBy(2).dividedBy(3) : caRotation;
        Wrong.unless(
                isWithin(rotation, caLifetime), "--ca-rotation", "more than 0s and at most --ca-lifetime", rotation);
        return new AuthoritySettings(caLifetime, rotation, leafLifetime, settle, tick);
    }

    private static boolean isWithin(Duration duration, Duration most) {
        return duration.compareTo(Duration.ZERO) > 0 && duration.compareTo(most) <= 0;
    }
}
