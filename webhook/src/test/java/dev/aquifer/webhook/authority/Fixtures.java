package dev.aquifer.webhook.authority;

import dev.aquifer.certs.CertificateAuthority;
import dev.aquifer.certs.TrustBundle;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Names, moments and short lives that the tests share. */
final class Fixtures {
    static final SecureRandom RANDOM = new SecureRandom();
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    static final ServedNames NAMES = new ServedNames("aquifer", "aquifer-system", List.of());
    static final String HOST = "aquifer.aquifer-system.svc";
    static final AuthoritySettings SETTINGS = new AuthoritySettings(
            Duration.ofSeconds(600),
            Duration.ofSeconds(200),
            Duration.ofSeconds(60),
            Duration.ofSeconds(30),
            Duration.ofSeconds(10));

    private Fixtures() {}

    static CertificateAuthority authority() {
        return authority(NOW);
    }

    static CertificateAuthority authority(Instant madeAt) {
        return CertificateAuthority.create("aquifer", SETTINGS.caLifetime(), madeAt, RANDOM);
    }

    static TrustBundle bundle(CertificateAuthority... authorities) {
        return new TrustBundle(List.of(authorities).stream()
                .map(CertificateAuthority::certificate)
                .toList());
    }
}
