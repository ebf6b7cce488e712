package dev.aquifer.benchmarks;

import dev.aquifer.certs.CertificateAuthority;
import dev.aquifer.certs.CertificateRequest;
import dev.aquifer.certs.IssuedCertificate;
import dev.aquifer.certs.LeafNames;
import dev.aquifer.certs.LeafRequest;
import dev.aquifer.certs.LeafUse;
import dev.aquifer.certs.Pem;
import dev.aquifer.node.dataset.DatasetId;
import dev.aquifer.node.identity.TlsContexts;
import dev.aquifer.node.transfer.DatasetKey;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** An authority, an origin's certificate and a node's, and a dataset's key: what both ends of a benchmark need. */
final class BenchmarkKeys {
    static final DatasetId DATASET = new DatasetId("0".repeat(32));
    static final DatasetKey KEY =
            DatasetKey.parse(Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[32]));

    static final String ORIGIN = "aquifer://origin/benchmark/origin";

    static final URI NODE = URI.create("aquifer://node/benchmark");
    private static final char[] NO_PASSWORD = {'-'};

    private final CertificateAuthority authority =
            CertificateAuthority.create("benchmark", Duration.ofDays(1), Instant.now(), new SecureRandom());

    TlsContexts server() throws IOException {
        var context = context(store(URI.create(ORIGIN)));
        return () -> context;
    }

    /** Writes what {@link #client} reads in another process. */
    void writeNode(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            store(NODE).store(out, NO_PASSWORD);
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    static SSLContext client(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            var store = KeyStore.getInstance("PKCS12");
            store.load(in, NO_PASSWORD);
            return context(store);
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    /** Writes what a program needs to ask for a certificate: {@code ca.crt} and {@code token}. */
    void writeEnrolment(Path folder) throws IOException {
        Files.writeString(folder.resolve("ca.crt"), Pem.write(List.of(authority.certificate())));
        Files.writeString(folder.resolve("token"), "benchmark");
    }

    /** A certificate for a request, both as PEM. */
    String sign(String request, URI name) {
        var leaf = authority.sign(CertificateRequest.read(request).publicKey(), leaf(name), Instant.now());
        return Pem.write(List.of(leaf));
    }

    private static LeafRequest leaf(URI name) {
        var names = new LeafNames(List.of("localhost"), List.of(), List.of(name));
        return new LeafRequest(names, EnumSet.allOf(LeafUse.class), Duration.ofHours(8));
    }

    private KeyStore store(URI name) throws IOException {
        IssuedCertificate issued = authority.issue(leaf(name), Instant.now());
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(
                    "own", issued.privateKey(), NO_PASSWORD, issued.chain().toArray(Certificate[]::new));
            store.setCertificateEntry("authority", authority.certificate());
            return store;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private static SSLContext context(KeyStore store) throws IOException {
        try {
            var keys = KeyManagerFactory.getInstance("PKIX");
            keys.init(store, NO_PASSWORD);
            var trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), new SecureRandom());
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }
}
