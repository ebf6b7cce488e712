package dev.aquifer.node.origin.serve;

import dev.aquifer.node.deadline.ConnectionLimit;
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
 * a minute, or next to nothing for longer, are cut off. Who has shown no certificate yet takes no node's place.
 */
public final class OriginServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OriginServer.class);
    private static final int BACKLOG = 256;
    private static final int MOST_CONNECTIONS = 4_096;
    /** Of one node: some for each of its fills. */
    private static final int MOST_OF_A_NODE = 256;
    /** Of whom nothing is known yet: as many as nodes may begin at once. */
    private static final int MOST_STRANGERS = 1_024;

    private static final Duration LOOK_EVERY = Duration.ofSeconds(15);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    private final ServerSocket listening;
    private final InetSocketAddress address;
    private final TlsContexts contexts;
    private final Exchange exchange;
    private final OriginMeters meters;
    private final Shares shares = new Shares(MOST_OF_A_NODE);
    private final ConnectionLimit strangers = new ConnectionLimit(MOST_STRANGERS);
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();

    public OriginServer(InetSocketAddress address, TlsContexts contexts, Exchange exchange, OriginMeters meters)
            throws IOException {
        this.listening = new ServerSocket();
        this.address = address;
        this.contexts = contexts;
        this.exchange = exchange;
        this.meters = meters;
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
        var connection = new Connection(socket, contexts, exchange, meters, strangers, shares);
        connections.add(connection);
        strangers.enter(connection);
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
                Thread.sleep(LOOK_EVERY);
                connections.stream().filter(Connection::isStalled).forEach(Connection::close);
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
