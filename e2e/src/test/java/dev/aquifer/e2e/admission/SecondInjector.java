package dev.aquifer.e2e.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.aquifer.certs.CertificateAuthority;
import dev.aquifer.certs.IssuedCertificate;
import dev.aquifer.certs.LeafNames;
import dev.aquifer.certs.LeafRequest;
import dev.aquifer.certs.LeafUse;
import dev.aquifer.e2e.Cluster;
import dev.aquifer.e2e.OwnAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Somebody else's mutating webhook: it adds a container named {@code sidecar} to every pod that lacks one. */
final class SecondInjector implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PATCH = """
            [{"op": "add", "path": "/spec/containers/-",
              "value": {"name": "sidecar", "image": "%s", "command": ["/bin/sleep", "3600"]}}]
            """.formatted(Cluster.BUSYBOX);

    private final HttpsServer server;
    private final String caBundle;

    /** Starts on this machine's address in the cluster's network. */
    SecondInjector(URI apiServer) throws IOException, GeneralSecurityException {
        InetAddress address = OwnAddress.towards(apiServer);
        CertificateAuthority authority =
                CertificateAuthority.create("second-injector", Duration.ofDays(1), Instant.now(), new SecureRandom());
        IssuedCertificate leaf = authority.issue(
                new LeafRequest(
                        new LeafNames(List.of(), List.of(address), List.of()),
                        Set.of(LeafUse.SERVER),
                        Duration.ofHours(12)),
                Instant.now());
        caBundle = Base64.getEncoder().encodeToString(authority.certificatePem().getBytes(StandardCharsets.US_ASCII));
        server = HttpsServer.create(new InetSocketAddress(address, 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context(leaf)));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", SecondInjector::answer);
        server.start();
    }

    String url() {
        return "https://%s:%d/"
                .formatted(
                        server.getAddress().getAddress().getHostAddress(),
                        server.getAddress().getPort());
    }

    String caBundle() {
        return caBundle;
    }

    private static SSLContext context(IssuedCertificate leaf) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("leaf", leaf.privateKey(), new char[0], leaf.chain().toArray(X509Certificate[]::new));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private static void answer(HttpExchange exchange) throws IOException {
        JsonNode request = JSON.readTree(exchange.getRequestBody()).required("request");
        ObjectNode review =
                JSON.createObjectNode().put("apiVersion", "admission.k8s.io/v1").put("kind", "AdmissionReview");
        ObjectNode response = review.putObject("response")
                .put("uid", request.required("uid").textValue())
                .put("allowed", true);
        if (!request.at("/object/spec/containers").findValuesAsText("name").contains("sidecar")) {
            response.put("patchType", "JSONPatch")
                    .put("patch", Base64.getEncoder().encodeToString(PATCH.getBytes(StandardCharsets.UTF_8)));
        }
        byte[] body = JSON.writeValueAsBytes(review);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
