package dev.aquifer.node.identity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;

/** The authorities whom we trust, as the mounted file has them: several while one takes over from another. */
record Authorities(List<X509Certificate> certificates) {
    Authorities {
        certificates = List.copyOf(certificates);
    }

    /** Reads the file. */
    static Authorities read(Path file) throws IOException {
        try {
            return new Authorities(Certificates.read(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new IdentityException(
                    "Expected the authorities' certificates in %s, found that they cannot be read (%s); check the mounted ConfigMap"
                            .formatted(file, e.getMessage()),
                    e);
        }
    }

    /** For a TLS context. */
    KeyStore asKeyStore() throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (int i = 0; i < certificates.size(); i++) {
            store.setCertificateEntry("authority-" + i, certificates.get(i));
        }
        return store;
    }

    /** Whether this chain, leaf first and without its root, leads to one of them at this moment. */
    boolean signed(List<X509Certificate> chain, Instant now) {
        try {
            var parameters = new PKIXParameters(asKeyStore());
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(now));
            var path = CertificateFactory.getInstance("X.509").generateCertPath(chain);
            CertPathValidator.getInstance("PKIX").validate(path, parameters);
            return true;
        } catch (GeneralSecurityException | IOException e) {
            return false;
        }
    }
}
