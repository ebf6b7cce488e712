package dev.aquifer.webhook.enrolment;

import dev.aquifer.certs.InvalidCertificate;
import dev.aquifer.certs.LeafNames;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;

/** The authority, as far as it signs for others. */
@FunctionalInterface
public interface Signer {

    /**
     * Signs a leaf for a server and client.
     *
     * @param longest how long it may live at most
     * @throws InvalidCertificate when nothing can be signed now
     */
    X509Certificate sign(PublicKey key, LeafNames names, Duration longest);
}
