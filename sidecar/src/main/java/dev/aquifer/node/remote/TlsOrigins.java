package dev.aquifer.node.remote;

import dev.aquifer.node.dataset.DatasetId;
import dev.aquifer.node.identity.PeerName;
import dev.aquifer.node.identity.TlsContexts;
import dev.aquifer.node.transfer.DatasetKey;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocket;

/** Reaches origins by mutual TLS. The one that is believed is the one whose certificate has the URI that the volume names. */
public final class TlsOrigins implements OriginClients {
    private static final int CONNECT_MILLIS = 5_000;
    /** Longer than an origin may take to hash a chunk, or to wait for a successor. */
    private static final int READ_MILLIS = 60_000;

    private static final String[] PROTOCOLS = {"TLSv1.3"};

    private final TlsContexts contexts;

    public TlsOrigins(TlsContexts contexts) {
        this.contexts = contexts;
    }

    @Override
    public OriginClient of(DatasetId dataset, Peer peer, Supplier<DatasetKey> key) {
        return new RemoteOrigin(dataset, key, () -> open(peer));
    }

    @Override
    public void reach(Peer peer) throws IOException {
        open(peer).close();
    }

    private Socket open(Peer peer) throws IOException {
        Socket plain = new Socket();
        try {
            plain.connect(new InetSocketAddress(peer.host(), peer.port()), CONNECT_MILLIS);
            plain.setSoTimeout(READ_MILLIS);
            plain.setTcpNoDelay(true);
            SSLSocket secure = (SSLSocket)
                    contexts.context().getSocketFactory().createSocket(plain, peer.host(), peer.port(), true);
            secure.setEnabledProtocols(PROTOCOLS);
            secure.startHandshake();
            check(peer, PeerName.of(secure.getSession()));
            return secure;
        } catch (IOException | RuntimeException failure) {
            plain.close();
            throw failure;
        }
    }

    private static void check(Peer expected, PeerName found) throws OriginException {
        if (!found.uri().equals(expected.uri())) {
            throw new OriginException("expected the origin %s at %s, found %s: the Service leads to somebody else's pod"
                    .formatted(expected.uri(), expected.address(), found));
        }
    }
}
