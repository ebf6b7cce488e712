package dev.aquifer.certs;

import dev.aquifer.certs.InvalidCertificate.Problem;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An authority that signs leaves; those made here are self-signed roots (path length 0). Its key always belongs to its certificate, and
 * no leaf outlives it. Immutable.
 */
public final class CertificateAuthority {
    /** keyCertSign in {@link X509Certificate#getKeyUsage}. */
    private static final int KEY_CERT_SIGN = 5;

    private static final int RANDOM_BYTES = 4;
    private static final HexFormat DIGITS = HexFormat.of();

    private final X509Certificate certificate;
    private final List<X509Certificate> signers;
    private final PrivateKey privateKey;
    private final SecureRandom random;

    /**
     * Joins an authority's certificate and key.
     *
     * @throws InvalidCertificate WRONG_KEY, or WRONG_USE when the certificate is not an authority's
     */
    public CertificateAuthority(X509Certificate certificate, PrivateKey privateKey, SecureRandom random) {
        this(List.of(certificate), privateKey, random);
    }

    /** @param chain each but the first has signed the one before */
    private CertificateAuthority(List<X509Certificate> chain, PrivateKey privateKey, SecureRandom random) {
        var certificate = chain.getFirst();
        if (!mayIssue(certificate)) {
            throw new InvalidCertificate(
                    Problem.WRONG_USE,
                    "Expected the certificate of an authority, found '%s', which may not sign certificates"
                            .formatted(certificate.getSubjectX500Principal()));
        }
        if (!KeyPairs.match(privateKey, certificate.getPublicKey())) {
            throw new InvalidCertificate(
                    Problem.WRONG_KEY,
                    "Expected the private key of the authority '%s', found another key"
                            .formatted(certificate.getSubjectX500Principal()));
        }
        this.certificate = certificate;
        this.signers = chain.subList(1, chain.size());
        this.privateKey = privateKey;
        this.random = random;
    }

    /**
     * Makes a new authority. Some random digits are added to its name, so that no two of them are confused.
     *
     * @param lifetime from now; whole seconds count
     */
    public static CertificateAuthority create(String name, Duration lifetime, Instant now, SecureRandom random) {
        if (lifetime.compareTo(LeafRequest.SHORTEST_LIFETIME) < 0) {
            throw new IllegalArgumentException("Expected a lifetime of at least 1 s, found " + lifetime);
        }
        var keys = KeyPairs.generate(random);
        var digits = new byte[RANDOM_BYTES];
        random.nextBytes(digits);
        var subject = "%s %s".formatted(name, DIGITS.formatHex(digits));
        var certificate = new CertificateTemplate(random).authority(subject, keys, now, now.plus(lifetime));
        return new CertificateAuthority(certificate, keys.getPrivate(), random);
    }

    /**
     * Reads an authority from PEM. An expired one can be read, but signs nothing.
     *
     * @param certificatePem its certificate, then those that signed it, one after the other, as far as they are known
     * @throws InvalidCertificate when it cannot be read or is not an authority
     */
    public static CertificateAuthority read(String certificatePem, String privateKeyPem, SecureRandom random) {
        var chain = Pem.certificates(certificatePem);
        for (int i = 1; i < chain.size(); i++) {
            var signed = chain.get(i - 1);
            if (isSelfSigned(signed) || !isSignedBy(signed, chain.get(i))) {
                throw new InvalidCertificate(
                        Problem.MALFORMED,
                        "Expected the certificate of an authority and those that signed it, found %d, of which '%s' has not signed '%s'"
                                .formatted(
                                        chain.size(),
                                        chain.get(i).getSubjectX500Principal(),
                                        signed.getSubjectX500Principal()));
            }
        }
        return new CertificateAuthority(chain, Pem.privateKey(privateKeyPem), random);
    }

    /**
     * Signs a leaf for a key whose holder was proven by a {@link CertificateRequest}, or is the caller.
     *
     * @throws InvalidCertificate EXPIRED or NOT_YET_VALID when this authority is; WRONG_KEY when the key is not P-256
     */
    public X509Certificate sign(PublicKey key, LeafRequest request, Instant now) {
        KeyPairs.requireP256(key);
        TrustBundle.requireValid(certificate, now);
        var wanted = now.plus(request.lifetime());
        return new CertificateTemplate(random)
                .leaf(
                        new Issuer(certificate, privateKey),
                        key,
                        request,
                        now,
                        wanted.isBefore(notAfter()) ? wanted : notAfter());
    }

    /** Makes a key and signs a leaf for it; a root is left out of the chain, authorities below another one are in it. */
    public IssuedCertificate issue(LeafRequest request, Instant now) {
        KeyPair keys = KeyPairs.generate(random);
        X509Certificate leaf = sign(keys.getPublic(), request, now);
        return new IssuedCertificate(
                keys.getPrivate(),
                Stream.concat(Stream.of(leaf), belowTheRoot()).toList());
    }

    private Stream<X509Certificate> belowTheRoot() {
        return chain().filter(signer -> !isSelfSigned(signer));
    }

    private Stream<X509Certificate> chain() {
        return Stream.concat(Stream.of(certificate), signers.stream());
    }

    public X509Certificate certificate() {
        return certificate;
    }

    /** When this authority expires, or the first of those that are shown with each leaf, and with it all it has signed. */
    public Instant notAfter() {
        return Stream.concat(Stream.of(certificate), belowTheRoot())
                .map(shown -> shown.getNotAfter().toInstant())
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    /** Its certificate, and those that signed it, as far as they are known. */
    public String certificatePem() {
        return Pem.write(chain().toList());
    }

    /** The private key as PEM, PKCS #8. Secret: never to be logged. */
    public String privateKeyPem() {
        return Pem.write(privateKey);
    }

    /**
     * Whether {@link #create} could have made this certificate under this name: the same subject, key, limits and
     * signature of its own. Whoever knows this can make one as well: it says what it is, not whose.
     */
    public static boolean couldHaveMade(X509Certificate certificate, String name) {
        var subject = Pattern.compile("CN=%s [0-9a-f]{%d}".formatted(Pattern.quote(name), 2 * RANDOM_BYTES));
        return subject.matcher(certificate.getSubjectX500Principal().getName()).matches()
                && certificate.getBasicConstraints() == 0
                && mayIssue(certificate)
                && KeyPairs.isP256(certificate.getPublicKey())
                && isSelfSigned(certificate);
    }

    private static boolean isSelfSigned(X509Certificate certificate) {
        return isSignedBy(certificate, certificate);
    }

    private static boolean isSignedBy(X509Certificate certificate, X509Certificate signer) {
        try {
            certificate.verify(signer.getPublicKey());
            return certificate.getIssuerX500Principal().equals(signer.getSubjectX500Principal());
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static boolean mayIssue(X509Certificate certificate) {
        var usage = certificate.getKeyUsage();
        return certificate.getBasicConstraints() >= 0 && (usage == null || usage[KEY_CERT_SIGN]);
    }
}
