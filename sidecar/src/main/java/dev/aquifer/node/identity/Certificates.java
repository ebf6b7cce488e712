package dev.aquifer.node.identity;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;

/** Reads X.509 certificates. */
final class Certificates {
    private Certificates() {}

    /**
     * Reads one or more certificates as PEM.
     *
     * @throws IdentityException when there is none, or something else
     */
    static List<X509Certificate> read(byte[] pem) throws IdentityException {
        try {
            var found =
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem)).stream()
                            .map(X509Certificate.class::cast)
                            .toList();
            if (found.isEmpty()) {
                throw new IdentityException("Expected certificates as PEM, found none");
            }
            return found;
        } catch (CertificateException e) {
            throw new IdentityException("Expected certificates as PEM, found another text", e);
        }
    }
}
