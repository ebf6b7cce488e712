package dev.aquifer.node.origin.serve;

import dev.aquifer.node.deadline.ConnectionLimit;
import dev.aquifer.node.deadline.Deadline;
import dev.aquifer.node.identity.PeerName;
import dev.aquifer.node.identity.TlsContexts;
import dev.aquifer.node.transfer.InvalidMessage;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import javax.net.ssl.SSLSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection, from its handshake to its end. Whoever is no node gets nothing. */
final class Connection implements Runnable, Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
    private static final Duration HANDSHAKE = Duration.ofSeconds(30);
    private static final Duration IDLE = Duration.ofMinutes(5);
    /** From a request's first byte on. */
    private static final Duration HEAD = Duration.ofSeconds(60);

    private static final Duration END = Duration.ofSeconds(5);
    private static final String[] PROTOCOLS = {"TLSv1.3"};
    private static final String[] CIPHERS = {"TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384"};

    private final Socket socket;
    private final TlsContexts contexts;
    private final Exchange exchange;
    private final OriginMeters meters;
    private final ConnectionLimit strangers;
    private final Shares shares;
    private final ProgressOutput.Progress progress = new ProgressOutput.Progress(System::nanoTime);

    /**
     * A connection that was accepted.
     *
     * @param strangers counts it already, until its handshake is done
     * @param shares count it from then on
     */
    Connection(
            Socket socket,
            TlsContexts contexts,
            Exchange exchange,
            OriginMeters meters,
            ConnectionLimit strangers,
            Shares shares) {
        this.socket = socket;
        this.contexts = contexts;
        this.exchange = exchange;
        this.meters = meters;
        this.strangers = strangers;
        this.shares = shares;
    }

    @Override
    public void run() {
        meters.connected();
        try {
            var tls = handshake();
            strangers.leave(this);
            serve(PeerName.of(tls.getSession()), tls);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            // the other end went away, is no node, or does not speak our protocol
            LOG.debug("event=connection-ended peer={}", socket.getRemoteSocketAddress(), e);
        } finally {
            strangers.leave(this);
            meters.disconnected();
            close();
        }
    }

    /** Whether its reader takes so little of an answer that it stands in the way of others. */
    boolean isStalled() {
        return progress.isStalled();
    }

    private SSLSocket handshake() throws IOException {
        socket.setTcpNoDelay(true);
        var tls = (SSLSocket) contexts.context().getSocketFactory().createSocket(socket, null, true);
        tls.setUseClientMode(false);
        tls.setNeedClientAuth(true);
        tls.setEnabledProtocols(PROTOCOLS);
        tls.setEnabledCipherSuites(CIPHERS);
        try (var _ = Deadline.in(HANDSHAKE, socket)) {
            tls.startHandshake();
        }
        var peer = PeerName.of(tls.getSession());
        if (!peer.isNode()) {
            meters.refused();
            throw new IOException("Expected a node's certificate, found that of " + peer);
        }
        tls.setSoTimeout((int) IDLE.toMillis());
        return tls;
    }

    private void serve(PeerName node, SSLSocket tls) throws IOException, InterruptedException {
        var share = shares.of(node);
        if (!share.tryAcquire()) {
            meters.refused();
            throw new IOException("Expected fewer connections of %s at once, found more".formatted(node));
        }
        try {
            serve(
                    node,
                    new BufferedInputStream(tls.getInputStream()),
                    new ProgressOutput(tls.getOutputStream(), progress));
            end(tls);
        } finally {
            share.release();
        }
    }

    private void serve(PeerName node, InputStream in, OutputStream out) throws IOException, InterruptedException {
        for (var request = Response.next(in, HEAD, socket);
                request != null;
                request = Response.next(in, HEAD, socket)) {
            progress.begin();
            try {
                if (!exchange.answer(node, request, in, out, socket)) {
                    return;
                }
            } catch (InvalidMessage e) {
                Response.error(out, Response.BAD_REQUEST, String.valueOf(e.getMessage()));
                return;
            }
            if (request.closes()) {
                return;
            }
        }
    }

    /**
     * Lets the last answer arrive. TLS' own end reads what still comes, so that the kernel does not drop the answer, but for as
     * long as it comes (JDK 25, SSLSocketInputRecord.deplete).
     */
    private void end(SSLSocket tls) throws IOException {
        try (var _ = Deadline.in(END, socket)) {
            tls.close();
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("event=close-failed", e);
        }
    }
}
