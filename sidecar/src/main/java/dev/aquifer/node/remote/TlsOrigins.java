package dev.aquifer.node.remote;

import dev.aquifer.node.dataset.DatasetId;
import dev.aquifer.node.deadline.Deadline;
import dev.aquifer.node.identity.PeerName;
import dev.aquifer.node.identity.TlsContexts;
import dev.aquifer.node.transfer.DatasetKey;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocket;

/** Reaches origins by mutual TLS. The one that is believed is the one whose certificate has the URI that the volume names. */
public final class TlsOrigins implements OriginClients {
    private static final int CONNECT_MILLIS = 5_000;
    /** Longer than an origin may take to hash a chunk, or to wait for a successor. */
    private static final int READ_MILLIS = 60_000;
    /** Single reads have a limit of their own, but an origin could send a byte now and then. */
    private static final Duration HANDSHAKE = Duration.ofSeconds(30);

    /** JDK 25 keeps no ticket for a session where one may last longer than 7 days (NewSessionTicket): some send many. */
    private static final int WITHOUT_TICKETS_SECONDS = 604_801;

    private static final String[] PROTOCOLS = {"TLSv1.3"};

    private final TlsContexts contexts;
    private final Duration longestHandshake;

    public TlsOrigins(TlsContexts contexts) {
        this(contexts, HANDSHAKE);
    }

    TlsOrigins(TlsContexts contexts, Duration longestHandshake) {
        this.contexts = contexts;
        this.longestHandshake = longestHandshake;
    }

    @Override
    public OriginClient of(DatasetId dataset, Peer peer, Supplier<DatasetKey> key) {
        return new RemoteOrigin(dataset, key, () -> open(peer));
    }

    @Override
    public void reach(Peer peer) throws IOException {
        open(peer).close();
    }

    private OriginSocket open(Peer peer) throws IOException {
        Socket plain = new Socket();
        try {
            plain.connect(new InetSocketAddress(peer.host(), peer.port()), CONNECT_MILLIS);
            plain.setSoTimeout(READ_MILLIS);
            plain.setTcpNoDelay(true);
            SSLContext context = contexts.context();
            forget(context.getClientSessionContext());
            SSLSocket secure =
                    (SSLSocket) context.getSocketFactory().createSocket(plain, peer.host(), peer.port(), true);
            secure.setEnabledProtocols(PROTOCOLS);
            shakeHands(plain, secure);
            check(peer, PeerName.of(secure.getSession()));
            return new OriginSocket(plain, secure);
        } catch (IOException | RuntimeException failure) {
            plain.close();
            throw failure;
        }
    }

    /** No session is ever gone on with: an origin that could fill the heap with them must not. */
    private static void forget(SSLSessionContext sessions) {
        sessions.setSessionTimeout(WITHOUT_TICKETS_SECONDS);
        sessions.setSessionCacheSize(1);
    }

    private void shakeHands(Socket plain, SSLSocket secure) throws IOException {
        Deadline deadline = Deadline.in(longestHandshake, plain);
        try (deadline) {
            secure.startHandshake();
        } catch (IOException failure) {
            throw deadline.isPassed()
                    ? new IOException("there was no TLS within %d s".formatted(longestHandshake.toSeconds()), failure)
                    : failure;
        }
    }

    private static void check(Peer expected, PeerName found) throws OriginException {
        if (!found.uri().equals(expected.uri())) {
            throw new OriginException("expected the origin %s at %s, found %s: the Service leads to somebody else's pod"
                    .formatted(expected.uri(), expected.address(), found));
        }
    }
}
