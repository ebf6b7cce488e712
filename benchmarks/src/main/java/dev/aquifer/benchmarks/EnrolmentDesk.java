package dev.aquifer.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** Gives whoever asks the certificate of a node, or of an origin, as the webhook would. */
final class EnrolmentDesk implements AutoCloseable {
    private final BenchmarkKeys keys;
    private final URI name;
    private final Path folder;
    private final HttpsServer server;

    /**
     * Opens it.
     *
     * @param name what the certificates say
     * @param folder gets what whoever asks must have
     */
    EnrolmentDesk(BenchmarkKeys keys, URI name, Path folder) throws IOException {
        this.keys = keys;
        this.name = name;
        this.folder = folder;
        keys.writeEnrolment(folder);
        this.server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(keys.server().context()));
        server.createContext("/v1/certificates", this::answer);
        server.start();
    }

    /** What {@code aquifer-node} is told, so that it asks here. */
    List<String> options() {
        return List.of(
                "--enrol-at=https://localhost:" + server.getAddress().getPort(),
                "--ca=" + folder.resolve("ca.crt"),
                "--token=" + folder.resolve("token"));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String request = new String(exchange.getRequestBody().readAllBytes(), US_ASCII);
            byte[] answer = "{\"certificate\": \"%s\"}"
                    .formatted(keys.sign(request, name).replace("\n", "\\n").replace("\r", ""))
                    .getBytes(US_ASCII);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
