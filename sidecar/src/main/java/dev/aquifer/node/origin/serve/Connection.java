package dev.aquifer.node.origin.serve;

import dev.aquifer.node.identity.PeerName;
import dev.aquifer.node.identity.TlsContexts;
import dev.aquifer.node.transfer.HttpHead;
import dev.aquifer.node.transfer.InvalidMessage;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import javax.net.ssl.SSLSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection, from its handshake to its end. Whoever is no node gets nothing. */
final class Connection implements Runnable, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
    private static final Duration HANDSHAKE = Duration.ofSeconds(30);
    private static final Duration IDLE = Duration.ofMinutes(5);
    private static final String[] PROTOCOLS = {"TLSv1.3"};
    private static final String[] CIPHERS = {"TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384"};

    private final Socket socket;
    private final TlsContexts contexts;
    private final Exchange exchange;
    private final OriginMeters meters;
    private final ProgressOutput.Progress progress = new ProgressOutput.Progress();

    Connection(Socket socket, TlsContexts contexts, Exchange exchange, OriginMeters meters) {
        this.socket = socket;
        this.contexts = contexts;
        this.exchange = exchange;
        this.meters = meters;
    }

    @Override
    public void run() {
        meters.connected();
        try (var tls = handshake()) {
            serve(new BufferedInputStream(tls.getInputStream()), new ProgressOutput(tls.getOutputStream(), progress));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            // the other end went away, is no node, or does not speak our protocol
            LOG.debug("event=connection-ended peer={}", socket.getRemoteSocketAddress(), e);
        } finally {
            meters.disconnected();
            close();
        }
    }

    /** Whether a write has made no progress for this long: its reader stands in the way of others. */
    boolean isStalled(Duration limit) {
        return progress.isStalled(limit);
    }

    private SSLSocket handshake() throws IOException {
        socket.setTcpNoDelay(true);
        socket.setSoTimeout((int) HANDSHAKE.toMillis());
        var tls = (SSLSocket) contexts.context().getSocketFactory().createSocket(socket, null, true);
        tls.setUseClientMode(false);
        tls.setNeedClientAuth(true);
        tls.setEnabledProtocols(PROTOCOLS);
        tls.setEnabledCipherSuites(CIPHERS);
        tls.startHandshake();
        var peer = PeerName.of(tls.getSession());
        if (!peer.isNode()) {
            meters.refused();
            throw new IOException("Expected a node's certificate, found that of " + peer);
        }
        tls.setSoTimeout((int) IDLE.toMillis());
        return tls;
    }

    private void serve(InputStream in, OutputStream out) throws IOException, InterruptedException {
        for (var request = HttpHead.read(in); request != null; request = HttpHead.read(in)) {
            try {
                exchange.answer(request, in, out);
            } catch (InvalidMessage e) {
                Response.error(out, Response.BAD_REQUEST, String.valueOf(e.getMessage()));
                return;
            }
            if (request.closes()) {
                return;
            }
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
