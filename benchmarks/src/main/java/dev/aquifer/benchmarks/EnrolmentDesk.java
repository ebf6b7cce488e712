package dev.aquifer.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;

/** Gives whoever asks the certificate of a node, or of an origin, as the webhook would. */
final class EnrolmentDesk implements AutoCloseable {
    private final BenchmarkKeys keys;
    private final URI name;
    private final HttpsServer server;

    /** @param name what the certificates say */
    EnrolmentDesk(BenchmarkKeys keys, URI name) throws IOException {
        this.keys = keys;
        this.name = name;
        this.server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(keys.server().context()));
        server.createContext("/v1/certificates", this::answer);
        server.start();
    }

    String address() {
        return "https://localhost:" + server.getAddress().getPort();
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
