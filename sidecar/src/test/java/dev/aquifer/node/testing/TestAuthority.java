package dev.aquifer.node.testing;

import dev.aquifer.certs.CertificateAuthority;
import dev.aquifer.certs.LeafNames;
import dev.aquifer.certs.LeafRequest;
import dev.aquifer.certs.LeafUse;
import dev.aquifer.node.identity.TlsContexts;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
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

    private static final char[] PASSWORD = "test".toCharArray();
    private static final String KEYS = "keys.p12";
    private static final String TRUSTED = "trusted.p12";

    private final CertificateAuthority authority =
            CertificateAuthority.create("test", Duration.ofHours(8), Instant.now(), new SecureRandom());

    public CertificateAuthority authority() {
        return authority;
    }

    /** Trusts this authority, and has a certificate of it with this name. */
    public TlsContexts contexts(URI name) {
        try {
            var context = context(keys(name), trusted());
            return () -> context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes what another process takes to have this name: it reads that by {@link #read}. */
    public void write(URI name, Path folder) throws IOException, GeneralSecurityException {
        try (var keys = Files.newOutputStream(folder.resolve(KEYS));
                var trusted = Files.newOutputStream(folder.resolve(TRUSTED))) {
            keys(name).store(keys, PASSWORD);
            trusted().store(trusted, PASSWORD);
        }
    }

    /** What {@link #write} has written there. */
    public static TlsContexts read(Path folder) throws IOException, GeneralSecurityException {
        var context = context(
                KeyStore.getInstance(folder.resolve(KEYS).toFile(), PASSWORD),
                KeyStore.getInstance(folder.resolve(TRUSTED).toFile(), PASSWORD));
        return () -> context;
    }

    private static SSLContext context(KeyStore keys, KeyStore trusted) throws GeneralSecurityException {
        var keyManagers = KeyManagerFactory.getInstance("PKIX");
        keyManagers.init(keys, PASSWORD);
        var trustManagers = TrustManagerFactory.getInstance("PKIX");
        trustManagers.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(keyManagers.getKeyManagers(), trustManagers.getTrustManagers(), new SecureRandom());
        return context;
    }

    private KeyStore keys(URI name) throws GeneralSecurityException, IOException {
        var names = new LeafNames(List.of("localhost"), List.of(), List.of(name));
        var issued = authority.issue(
                new LeafRequest(names, EnumSet.allOf(LeafUse.class), Duration.ofHours(4)), Instant.now());
        var keys = emptyStore();
        keys.setKeyEntry("own", issued.privateKey(), PASSWORD, issued.chain().toArray(Certificate[]::new));
        return keys;
    }

    private KeyStore trusted() throws GeneralSecurityException, IOException {
        var trusted = emptyStore();
        trusted.setCertificateEntry("authority", authority.certificate());
        return trusted;
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }
}
