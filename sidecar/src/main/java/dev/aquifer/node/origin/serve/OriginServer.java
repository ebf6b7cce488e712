package dev.aquifer.node.origin.serve;

import dev.aquifer.node.identity.TlsContexts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accepts connections, each on a virtual thread of its own, with the certificate of the moment. Readers that take nothing for
 * a minute are cut off.
 */
public final class OriginServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OriginServer.class);
    private static final int BACKLOG = 256;
    private static final int MOST_CONNECTIONS = 4_096;
    private static final Duration STALLED = Duration.ofMinutes(1);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    private final ServerSocket listening;
    private final InetSocketAddress address;
    private final TlsContexts contexts;
    private final Exchange exchange;
    private final OriginMeters meters;
    private final Duration stalled;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();

    public OriginServer(InetSocketAddress address, TlsContexts contexts, Exchange exchange, OriginMeters meters)
            throws IOException {
        this(address, contexts, exchange, meters, STALLED);
    }

    /** @param stalled how long a write may make no progress */
    public OriginServer(
            InetSocketAddress address, TlsContexts contexts, Exchange exchange, OriginMeters meters, Duration stalled)
            throws IOException {
        this.listening = new ServerSocket();
        this.address = address;
        this.contexts = contexts;
        this.exchange = exchange;
        this.meters = meters;
        this.stalled = stalled;
    }

    /** Listens, and answers who connects. */
    public void start() throws IOException {
        listening.setReuseAddress(true);
        listening.bind(address, BACKLOG);
        Thread.ofPlatform().name("accept").daemon().start(this::accept);
        Thread.ofVirtual().name("stalled").start(this::watch);
    }

    /** Where it listens, after {@link #start}; for a port of 0 too. */
    public int port() {
        return listening.getLocalPort();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                serve(listening.accept());
            } catch (IOException e) {
                if (!listening.isClosed()) {
                    LOG.warn("event=accept-failed", e);
                    LockSupport.parkNanos(AFTER_FAILURE.toNanos());
                }
            }
        }
    }

    private void serve(Socket socket) throws IOException {
        if (connections.size() >= MOST_CONNECTIONS) {
            socket.close();
            return;
        }
        var connection = new Connection(socket, contexts, exchange, meters);
        connections.add(connection);
        Thread.startVirtualThread(() -> {
            try {
                connection.run();
            } finally {
                connections.remove(connection);
            }
        });
    }

    private void watch() {
        try {
            while (!listening.isClosed()) {
                Thread.sleep(stalled.dividedBy(4));
                connections.stream()
                        .filter(connection -> connection.isStalled(stalled))
                        .forEach(Connection::close);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            LOG.debug("event=close-failed", e);
        }
        connections.forEach(Connection::close);
    }
}
