package dev.aquifer.certs;

import dev.aquifer.certs.InvalidCertificate.Problem;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/**
 * A private key and its certificate chain, leaf first, ready to be served. The key always belongs to the leaf, and each
 * certificate is signed by the one after it.
 */
public record IssuedCertificate(PrivateKey privateKey, List<X509Certificate> chain) {

    /**
     * Joins a key and its chain.
     *
     * @throws InvalidCertificate WRONG_KEY or FOREIGN when key, leaf and chain do not belong together
     */
    public IssuedCertificate {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
            throw new InvalidCertificate(Problem.MALFORMED, "Expected a chain of at least one certificate, found none");
        }
        if (!KeyPairs.match(privateKey, chain.getFirst().getPublicKey())) {
            throw new InvalidCertificate(
                    Problem.WRONG_KEY,
                    "Expected the private key of the certificate with serial number %x, found another key"
                            .formatted(chain.getFirst().getSerialNumber()));
        }
        for (int i = 1; i < chain.size(); i++) {
            requireSigned(chain.get(i - 1), chain.get(i));
        }
    }

    /**
     * Reads a key and its chain from PEM.
     *
     * @throws InvalidCertificate when either cannot be read, or they do not belong together
     */
    public static IssuedCertificate read(String privateKeyPem, String chainPem) {
        return new IssuedCertificate(Pem.privateKey(privateKeyPem), Pem.certificates(chainPem));
    }

    public X509Certificate leaf() {
        return chain.getFirst();
    }

    /** When the leaf expires. */
    public Instant notAfter() {
        return leaf().getNotAfter().toInstant();
    }

    /** The chain as PEM, leaf first. */
    public String chainPem() {
        return Pem.write(chain);
    }

    /** The private key as PEM, PKCS #8. Secret: never to be logged. */
    public String privateKeyPem() {
        return Pem.write(privateKey);
    }

    /** Leaves the key out, which a record would print. */
    @Override
    public String toString() {
        return "IssuedCertificate[serial=%x, notAfter=%s]".formatted(leaf().getSerialNumber(), notAfter());
    }

    private static void requireSigned(X509Certificate subject, X509Certificate issuer) {
        try {
            subject.verify(issuer.getPublicKey());
        } catch (GeneralSecurityException e) {
            throw new InvalidCertificate(
                    Problem.FOREIGN,
                    "Expected each certificate of the chain to be signed by the next, found '%s' not signed by '%s'"
                            .formatted(subject.getSubjectX500Principal(), issuer.getSubjectX500Principal()),
                    e);
        }
    }
}
