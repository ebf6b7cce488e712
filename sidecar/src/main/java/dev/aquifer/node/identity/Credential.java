package dev.aquifer.node.identity;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.TrustManagerFactory;

/** A key of ours and its certificates, leaf first; they belong together, and the leaf has one URI name. */
final class Credential {
    private final OwnKey key;
    private final List<X509Certificate> chain;
    private final PeerName name;

    /** @throws IdentityException when they do not belong together */
    Credential(OwnKey key, List<X509Certificate> chain) throws IdentityException {
        this.key = key;
        this.chain = List.copyOf(chain);
        if (!key.fits(leaf().getPublicKey())) {
            throw new IdentityException("Expected a certificate for the key that was sent, found one for another key");
        }
        try {
            this.name = PeerName.of(leaf());
        } catch (SSLPeerUnverifiedException e) {
            throw new IdentityException("Expected a certificate that names a node or an origin, found another", e);
        }
    }

    PeerName name() {
        return name;
    }

    X509Certificate leaf() {
        return chain.getFirst();
    }

    Instant notAfter() {
        return leaf().getNotAfter().toInstant();
    }

    boolean isSignedBy(Authorities authorities, Instant now) {
        return authorities.signed(chain, now);
    }

    /** For both sides of connections with whom these authorities know. */
    SSLContext context(Authorities authorities) throws IdentityException {
        try {
            var password = new char[0];
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("own", key.privateKey(), password, chain.toArray(Certificate[]::new));
            var keys = KeyManagerFactory.getInstance("PKIX");
            keys.init(store, password);
            var trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(authorities.asKeyStore());
            var context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), new SecureRandom());
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IdentityException("Expected a key and certificates that TLS can use, found others", e);
        }
    }
}
