package dev.aquifer.webhook.chart;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.aquifer.certs.CertificateAuthority;
import dev.aquifer.certs.IssuedCertificate;
import dev.aquifer.certs.LeafNames;
import dev.aquifer.certs.LeafRequest;
import dev.aquifer.certs.LeafUse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A webhook on loopback that refuses whatever it is asked about, so that a test sees what it was asked about. */
final class RefusingWebhook implements AutoCloseable {
    static final String REFUSAL = "the webhook was asked";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final SecureRandom random = new SecureRandom();
    private final Instant now = Clock.systemUTC().instant();
    private final CertificateAuthority authority =
            CertificateAuthority.create("refusing", Duration.ofHours(1), now, random);
    private final HttpsServer server;

    RefusingWebhook() throws IOException, GeneralSecurityException {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context()));
        server.createContext("/mutate", RefusingWebhook::refuse);
        server.start();
    }

    String url() {
        return "https://127.0.0.1:" + server.getAddress().getPort() + "/mutate";
    }

    /** The authority of its certificate, as a webhook configuration has it. */
    String caBundle() {
        return Base64.getEncoder().encodeToString(authority.certificatePem().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static void refuse(HttpExchange exchange) throws IOException {
        String uid = JSON.readTree(exchange.getRequestBody()).at("/request/uid").asText();
        byte[] answer = """
                {"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview",
                 "response": {"uid": "%s", "allowed": false, "status": {"message": "%s"}}}
                """.formatted(uid, REFUSAL).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, answer.length);
        try (var body = exchange.getResponseBody()) {
            body.write(answer);
        }
    }

    private SSLContext context() throws IOException, GeneralSecurityException {
        LeafNames names = new LeafNames(List.of(), List.of(InetAddress.getLoopbackAddress()), List.of());
        IssuedCertificate leaf =
                authority.issue(new LeafRequest(names, Set.of(LeafUse.SERVER), Duration.ofMinutes(30)), now);
        char[] password = "none".toCharArray();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, password);
        keys.setKeyEntry("leaf", leaf.privateKey(), password, leaf.chain().toArray(X509Certificate[]::new));
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, random);
        return context;
    }
}
