package dev.aquifer.node.identity;

import dev.aquifer.certs.CertificateAuthority;
import dev.aquifer.certs.CertificateRequest;
import dev.aquifer.certs.LeafNames;
import dev.aquifer.certs.LeafRequest;
import dev.aquifer.certs.LeafUse;
import java.io.IOException;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;

/** The webhook's part: takes the request, and signs with the real authority. */
final class TestEnrolment implements Enrolment {
    static final URI NAME = URI.create("aquifer://node/node-1");

    private final InstantSource clock;
    CertificateAuthority authority;
    boolean down;
    int asked;

    TestEnrolment(CertificateAuthority authority, InstantSource clock) {
        this.authority = authority;
        this.clock = clock;
    }

    @Override
    public List<X509Certificate> enrol(String request, Authorities authorities) throws IOException {
        asked++;
        if (down) {
            throw new IOException("Expected the webhook, found nobody there");
        }
        return List.of(sign(request));
    }

    X509Certificate sign(String request) {
        var key = CertificateRequest.read(request).publicKey();
        return authority.sign(
                key,
                new LeafRequest(LeafNames.uri(NAME), EnumSet.allOf(LeafUse.class), Duration.ofHours(4)),
                clock.instant());
    }
}
