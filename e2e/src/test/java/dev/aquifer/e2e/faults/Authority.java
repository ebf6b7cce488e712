package dev.aquifer.e2e.faults;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.aquifer.certs.CertificateAuthority;
import dev.aquifer.certs.CertificateRequest;
import dev.aquifer.certs.IssuedCertificate;
import dev.aquifer.certs.LeafNames;
import dev.aquifer.certs.LeafRequest;
import dev.aquifer.certs.LeafUse;
import dev.aquifer.certs.Pem;
import dev.aquifer.e2e.Ports;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The webhook's part: gives a certificate to whoever shows a token, and can be replaced by a successor. */
final class Authority implements AutoCloseable {
    static final URI ORIGIN = URI.create("aquifer://origin/climate-data/aquifer-origin-ref");
    static final URI NODE = URI.create("aquifer://node/node-1");

    /** What each token begins with; it must not be found in any log. */
    static final String SECRET = "secret-of-";

    private final Path folder;
    private final int port;
    private CertificateAuthority signer = create();
    private List<CertificateAuthority> trusted = List.of(signer);
    private HttpsServer server;

    Authority(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        Files.writeString(token(ORIGIN), SECRET + ORIGIN);
        Files.writeString(token(NODE), SECRET + NODE);
        publish();
        this.port = Ports.free();
        this.server = listen();
    }

    URI address() {
        return URI.create("https://localhost:" + port);
    }

    /** The file of the trusted authorities. */
    Path bundle() {
        return folder.resolve("ca.crt");
    }

    /** The file with the token by which this name is proven. */
    Path token(URI name) {
        return folder.resolve(name.getHost() + ".token");
    }

    /** A successor is trusted too, and signs from now on. */
    synchronized void succeed() throws IOException {
        CertificateAuthority next = create();
        trusted = List.of(signer, next);
        signer = next;
        publish();
    }

    /** Only the one that signs is trusted from now on. */
    synchronized void dropPredecessors() throws IOException {
        trusted = List.of(signer);
        publish();
        server.stop(0);
        server = listen();
    }

    /** Trusts what is trusted now, and has a certificate with this name. */
    synchronized SSLContext context(URI name) {
        try {
            LeafNames names = new LeafNames(List.of("localhost"), List.of(), List.of(name));
            IssuedCertificate issued = signer.issue(leaf(names), Instant.now());
            KeyStore keys = emptyStore();
            keys.setKeyEntry(
                    "own", issued.privateKey(), new char[0], issued.chain().toArray(Certificate[]::new));
            KeyManagerFactory keyManagers = KeyManagerFactory.getInstance("PKIX");
            keyManagers.init(keys, new char[0]);
            KeyStore trust = emptyStore();
            for (CertificateAuthority each : trusted) {
                trust.setCertificateEntry("authority-" + trust.size(), each.certificate());
            }
            TrustManagerFactory trustManagers = TrustManagerFactory.getInstance("PKIX");
            trustManagers.init(trust);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keyManagers.getKeyManagers(), trustManagers.getTrustManagers(), new SecureRandom());
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static CertificateAuthority create() {
        return CertificateAuthority.create("faults", Duration.ofHours(8), Instant.now(), new SecureRandom());
    }

    private static LeafRequest leaf(LeafNames names) {
        return new LeafRequest(names, EnumSet.allOf(LeafUse.class), Duration.ofHours(4));
    }

    /** As kubelet writes a mounted ConfigMap: whole, by rename. */
    private void publish() throws IOException {
        List<String> texts = new ArrayList<>();
        trusted.forEach(each -> texts.add(each.certificatePem()));
        Path fresh = Files.writeString(folder.resolve("ca.new"), String.join("", texts));
        Files.move(fresh, bundle(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private HttpsServer listen() throws IOException {
        HttpsServer fresh = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 64);
        fresh.setHttpsConfigurator(new HttpsConfigurator(context(URI.create("https://localhost"))));
        fresh.createContext("/v1/certificates", this::enrol);
        fresh.start();
        return fresh;
    }

    private synchronized void enrol(HttpExchange exchange) throws IOException {
        try (exchange) {
            String name = exchange.getRequestHeaders()
                    .getFirst("Authorization")
                    .substring("Bearer ".length() + SECRET.length());
            String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.US_ASCII);
            var certificate = signer.sign(
                    CertificateRequest.read(request).publicKey(), leaf(LeafNames.uri(URI.create(name))), Instant.now());
            byte[] answer = new JsonObject()
                    .put("certificate", Pem.write(List.of(certificate)))
                    .encode()
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
