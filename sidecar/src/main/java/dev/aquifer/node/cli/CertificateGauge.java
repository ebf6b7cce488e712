package dev.aquifer.node.cli;

import dev.aquifer.node.identity.Identity;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;

/** Shows when our certificate expires. */
final class CertificateGauge {
    private CertificateGauge() {}

    static void register(MeterRegistry registry, Identity identity) {
        Gauge.builder("aquifer.node.certificate.expiry.timestamp", () -> expiry(identity))
                .description("When the certificate expires, in seconds since 1970; 0 while there is none")
                .baseUnit("seconds")
                .register(registry);
    }

    private static long expiry(Identity identity) {
        Instant notAfter = identity.notAfter();
        return notAfter == null ? 0 : notAfter.getEpochSecond();
    }
}
