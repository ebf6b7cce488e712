package dev.aquifer.webhook.authority;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code aquifer_certificate_expiry_timestamp_seconds{use="ca"|"leaf"}}: Unix time; NaN while there is none. */
public final class CertificateMetrics implements MeterBinder {
    private final Authority authority;

    public CertificateMetrics(Authority authority) {
        this.authority = authority;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        gauge(registry, "ca", Authority::authorityExpiry);
        gauge(registry, "leaf", Authority::leafExpiry);
    }

    private void gauge(MeterRegistry registry, String use, Function<Authority, @Nullable Instant> expiry) {
        Gauge.builder("aquifer.certificate.expiry.timestamp", authority, source -> seconds(expiry.apply(source)))
                .description("When the certificate expires, in Unix time")
                .baseUnit("seconds")
                .tag("use", use)
                .register(registry);
    }

    private static double seconds(@Nullable Instant instant) {
        return instant == null ? Double.NaN : instant.getEpochSecond();
    }
}
