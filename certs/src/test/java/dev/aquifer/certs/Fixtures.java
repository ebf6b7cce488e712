package dev.aquifer.certs;

import java.net.InetAddress;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Names and moments that the tests share. */
final class Fixtures {
    static final SecureRandom RANDOM = new SecureRandom();
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    static final Duration CA_LIFETIME = Duration.ofDays(30);
    static final Duration LEAF_LIFETIME = Duration.ofDays(1);
    static final String HOST = "aquifer.aquifer-system.svc";
    static final URI NODE = URI.create("spiffe://aquifer.dev/node/worker-1");

    private Fixtures() {}

    static CertificateAuthority authority() {
        return authority(NOW);
    }

    static CertificateAuthority authority(Instant now) {
        return CertificateAuthority.create("aquifer test", CA_LIFETIME, now, RANDOM);
    }

    static LeafRequest server() {
        return server(LEAF_LIFETIME);
    }

    static LeafRequest server(Duration lifetime) {
        var names = new LeafNames(List.of(HOST, "localhost"), List.of(InetAddress.ofLiteral("127.0.0.1")), List.of());
        return new LeafRequest(names, Set.of(LeafUse.SERVER), lifetime);
    }

    static LeafRequest client() {
        return new LeafRequest(LeafNames.uri(NODE), Set.of(LeafUse.CLIENT), LEAF_LIFETIME);
    }
}
