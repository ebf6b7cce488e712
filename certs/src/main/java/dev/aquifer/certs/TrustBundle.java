package dev.aquifer.certs;

import dev.aquifer.certs.InvalidCertificate.Problem;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The authorities that a reader trusts. Checks what Go's verifier (the API server) checks: path, signatures, validity of
 * every certificate including the root, server use, and host name.
 */
public record TrustBundle(List<X509Certificate> authorities) {

    /** Order is kept, doubles are not. */
    public TrustBundle {
        authorities = authorities.stream().distinct().toList();
    }

    /**
     * Reads one or more authorities.
     *
     * @throws InvalidCertificate MALFORMED
     */
    public static TrustBundle read(String pem) {
        return new TrustBundle(Pem.certificates(pem));
    }

    public String pem() {
        return Pem.write(authorities);
    }

    /**
     * Checks that a chain, leaf first, leads to one of the authorities at this moment.
     *
     * @throws InvalidCertificate EXPIRED, NOT_YET_VALID or FOREIGN
     */
    public void verify(List<X509Certificate> chain, Instant now) {
        chain.forEach(certificate -> requireValid(certificate, now));
        var valid = authorities.stream()
                .filter(authority -> Renewal.isValid(authority, now))
                .toList();
        if (leadsTo(valid, chain, now)) {
            return;
        }
        var issuer = chain.getLast().getIssuerX500Principal();
        for (var authority : authorities) {
            if (authority.getSubjectX500Principal().equals(issuer)) {
                requireValid(authority, now);
            }
        }
        throw new InvalidCertificate(
                Problem.FOREIGN,
                "Expected a chain to one of %s, found one that ends at '%s'".formatted(names(), issuer));
    }

    /**
     * Checks what a TLS client checks that connects to this host.
     *
     * @param host a DNS name, or an IP address as text
     * @throws InvalidCertificate as {@link #verify}, or WRONG_USE or WRONG_NAME
     */
    public void verifyServer(List<X509Certificate> chain, String host, Instant now) {
        verify(chain, now);
        ServerIdentity.require(chain.getFirst(), host);
    }

    static void requireValid(X509Certificate certificate, Instant now) {
        if (Renewal.isValid(certificate, now)) {
            return;
        }
        var notBefore = certificate.getNotBefore().toInstant();
        var early = now.isBefore(notBefore);
        throw new InvalidCertificate(
                early ? Problem.NOT_YET_VALID : Problem.EXPIRED,
                "Expected a certificate that is valid at %s, found '%s' with serial number %x, which is valid from %s to %s; %s"
                        .formatted(
                                now,
                                certificate.getSubjectX500Principal(),
                                certificate.getSerialNumber(),
                                notBefore,
                                certificate.getNotAfter().toInstant(),
                                early ? "check this machine's clock" : "it must be renewed"));
    }

    private static boolean leadsTo(List<X509Certificate> anchors, List<X509Certificate> chain, Instant now) {
        if (anchors.isEmpty()) {
            return false;
        }
        try {
            var target = new X509CertSelector();
            target.setCertificate(chain.getFirst());
            var trusted = anchors.stream()
                    .map(anchor -> new TrustAnchor(anchor, null))
                    .collect(Collectors.toSet());
            var parameters = new PKIXBuilderParameters(trusted, target);
            parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(chain)));
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(now));
            CertPathBuilder.getInstance("PKIX").build(parameters);
            return true;
        } catch (CertPathBuilderException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java runtime cannot verify certificate chains", e);
        }
    }

    private String names() {
        return authorities.stream()
                .map(authority -> "'" + authority.getSubjectX500Principal() + "'")
                .collect(Collectors.joining(", ", "[", "]"));
    }
}
