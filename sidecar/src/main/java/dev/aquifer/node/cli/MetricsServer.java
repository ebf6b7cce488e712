package dev.aquifer.node.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.aquifer.node.deadline.ConnectionLimit;
import dev.aquifer.node.deadline.Deadline;
import dev.aquifer.node.transfer.HttpHead;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers {@code GET /metrics} and nothing else, once for each connection. Any pod may reach it, so connections are few and
 * short: what else this process does needs descriptors too.
 */
final class MetricsServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MetricsServer.class);
    private static final int MOST_CONNECTIONS = 32;
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private final ServerSocket listening;
    private final Supplier<String> scrape;
    private final ConnectionLimit limit = new ConnectionLimit(MOST_CONNECTIONS);

    /**
     * Listens at once.
     *
     * @param scrape the metrics of the moment, in Prometheus' text format
     * @throws IOException if the port is taken
     */
    MetricsServer(int port, Supplier<String> scrape) throws IOException {
        this.scrape = scrape;
        this.listening = new ServerSocket();
        listening.setReuseAddress(true);
        listening.bind(new InetSocketAddress(port));
        Thread.ofPlatform().name("metrics").daemon().start(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            LOG.debug("event=close-failed", e);
        }
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket socket = listening.accept();
                limit.enter(socket);
                Thread.startVirtualThread(() -> answer(socket));
            } catch (IOException e) {
                if (!listening.isClosed()) {
                    LOG.warn("event=accept-failed", e);
                    LockSupport.parkNanos(AFTER_FAILURE.toNanos());
                }
            }
        }
    }

    private void answer(Socket socket) {
        try (socket;
                var _ = Deadline.in(LONGEST, socket)) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            HttpHead request = HttpHead.read(in);
            if (request != null) {
                answer(request, socket.getOutputStream());
                // what is not read by then would have the kernel drop the answer
                socket.shutdownOutput();
                in.transferTo(OutputStream.nullOutputStream());
            }
        } catch (IOException | RuntimeException e) {
            LOG.debug("event=connection-ended", e);
        } finally {
            limit.leave(socket);
        }
    }

    private void answer(HttpHead request, OutputStream out) throws IOException {
        boolean known = request.first().matches("GET /metrics(\\?\\S*)? HTTP/1\\.[01]");
        byte[] body = known ? scrape.get().getBytes(UTF_8) : new byte[0];
        String status = known ? "200 OK" : "404 Not Found";
        Map<String, String> headers =
                Map.of("content-type", TEXT, "content-length", Integer.toString(body.length), "connection", "close");
        out.write(new HttpHead("HTTP/1.1 " + status, headers).encode());
        out.write(body);
        out.flush();
    }
}
