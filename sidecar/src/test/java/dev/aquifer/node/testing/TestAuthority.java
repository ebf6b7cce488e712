package dev.aquifer.node.testing;

import dev.aquifer.certs.CertificateAuthority;
import dev.aquifer.certs.LeafNames;
import dev.aquifer.certs.LeafRequest;
import dev.aquifer.certs.LeafUse;
import dev.aquifer.node.identity.TlsContexts;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A real authority, and TLS contexts with certificates of it. */
public final class TestAuthority {
    public static final URI NODE = URI.create("aquifer://node/node-1");
    public static final URI ORIGIN = URI.create("aquifer://origin/climate-data/aquifer-origin-ref");

    private final CertificateAuthority authority =
            CertificateAuthority.create("test", Duration.ofHours(8), Instant.now(), new SecureRandom());

    public CertificateAuthority authority() {
        return authority;
    }

    /** Trusts this authority, and has a certificate of it with this name. */
    public TlsContexts contexts(URI name) {
        var context = context(name);
        return () -> context;
    }

    private SSLContext context(URI name) {
        try {
            var names = new LeafNames(List.of("localhost"), List.of(), List.of(name));
            var issued = authority.issue(
                    new LeafRequest(names, EnumSet.allOf(LeafUse.class), Duration.ofHours(4)), Instant.now());
            var keys = KeyStore.getInstance("PKCS12");
            keys.load(null, null);
            keys.setKeyEntry(
                    "own", issued.privateKey(), new char[0], issued.chain().toArray(Certificate[]::new));
            var keyManagers = KeyManagerFactory.getInstance("PKIX");
            keyManagers.init(keys, new char[0]);
            var context = SSLContext.getInstance("TLS");
            context.init(keyManagers.getKeyManagers(), trust().getTrustManagers(), new SecureRandom());
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private TrustManagerFactory trust() throws GeneralSecurityException, IOException {
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("authority", authority.certificate());
        var trustManagers = TrustManagerFactory.getInstance("PKIX");
        trustManagers.init(trusted);
        return trustManagers;
    }
}
