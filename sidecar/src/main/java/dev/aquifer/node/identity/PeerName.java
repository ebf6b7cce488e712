package dev.aquifer.node.identity;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** The name in a certificate of the authority: {@code aquifer://node/NAME} or {@code aquifer://origin/NAMESPACE/NAME}. */
public record PeerName(String uri) {
    /** GeneralName of RFC 5280 section 4.2.1.6. */
    private static final Integer URI = 6;

    private static final String NODE = "aquifer://node/";

    /**
     * Of the other end of a connection.
     *
     * @throws SSLPeerUnverifiedException if it has no certificate, or one with no such name, or with several
     */
    public static PeerName of(SSLSession session) throws SSLPeerUnverifiedException {
        if (!(session.getPeerCertificates()[0] instanceof X509Certificate certificate)) {
            throw new SSLPeerUnverifiedException("Expected an X.509 certificate, found another kind");
        }
        return of(certificate);
    }

    static PeerName of(X509Certificate certificate) throws SSLPeerUnverifiedException {
        try {
            var names = certificate.getSubjectAlternativeNames();
            var uris = names == null
                    ? List.<PeerName>of()
                    : names.stream()
                            .filter(name -> URI.equals(name.getFirst()))
                            .map(name -> new PeerName(String.valueOf(name.getLast())))
                            .toList();
            if (uris.size() != 1) {
                throw new SSLPeerUnverifiedException(
                        "Expected a certificate with one URI name, found %d".formatted(uris.size()));
            }
            return uris.getFirst();
        } catch (CertificateParsingException e) {
            throw (SSLPeerUnverifiedException)
                    new SSLPeerUnverifiedException("Expected a certificate whose names can be read, found another")
                            .initCause(e);
        }
    }

    public boolean isNode() {
        return uri.startsWith(NODE) && uri.length() > NODE.length();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PeerName name && uri.equals(name.uri);
    }

    @Override
    public String toString() {
        return uri;
    }
}
