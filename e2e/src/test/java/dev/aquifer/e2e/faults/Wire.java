package dev.aquifer.e2e.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/** The way from a node to an origin, which can be cut and can change bytes: below TLS, or above it as a hostile origin would. */
final class Wire implements AutoCloseable {
    private static final int BUFFER = 16 << 10;
    /** Of so many buffers on their way to the node one is changed, while changes are due. */
    private static final int ONE_OF = 40;

    /** Makes the connection that goes on to the origin. */
    @FunctionalInterface
    private interface Onward {
        Socket connect() throws IOException;
    }

    private final ServerSocket server;
    private final Onward onward;
    private final Random random;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger flipsDue = new AtomicInteger();
    private volatile boolean down;

    private Wire(ServerSocket server, Onward onward, Random random) {
        this.server = server;
        this.onward = onward;
        this.random = random;
        Thread.ofPlatform().daemon().name("wire").start(this::accept);
    }

    /** Passes on what TLS has sealed. */
    static Wire sealed(int origin, Random random) throws IOException {
        return new Wire(
                new ServerSocket(0, 64, InetAddress.getLoopbackAddress()),
                () -> new Socket(InetAddress.getLoopbackAddress(), origin),
                random);
    }

    /** Speaks to nodes with the origin's own name, so that what it changes is sealed again. */
    static Wire hostile(int origin, Authority authority, Random random) throws IOException {
        SSLContext toNodes = authority.context(Authority.ORIGIN);
        SSLContext toOrigin = authority.context(Authority.NODE);
        SSLServerSocket server = (SSLServerSocket)
                toNodes.getServerSocketFactory().createServerSocket(0, 64, InetAddress.getLoopbackAddress());
        server.setNeedClientAuth(true);
        return new Wire(server, () -> toOrigin.getSocketFactory().createSocket("localhost", origin), random);
    }

    int port() {
        return server.getLocalPort();
    }

    /** Cuts all connections; new ones can be made. */
    void cut() {
        open.forEach(Wire::close);
    }

    /** Cuts all connections, and lets none be made until {@link #up}. */
    void down() {
        down = true;
        cut();
    }

    void up() {
        down = false;
    }

    /** Changes so many bytes on their way to the node, one here and there. */
    void flip(int bytes) {
        flipsDue.set(bytes);
    }

    /** How many bytes are still to be changed. */
    int flipsDue() {
        return flipsDue.get();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket node = server.accept();
                Thread.ofVirtual().start(() -> connect(node));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void connect(Socket node) {
        open.add(node);
        try {
            if (down) {
                throw new IOException("the wire is down");
            }
            Socket origin = onward.connect();
            open.add(origin);
            Thread.ofPlatform().daemon().start(() -> pass(node, origin, false));
            pass(origin, node, true);
        } catch (IOException away) {
            close(node);
            open.remove(node);
        }
    }

    private void pass(Socket from, Socket to, boolean changing) {
        byte[] buffer = new byte[BUFFER];
        try {
            for (int read = from.getInputStream().read(buffer);
                    read >= 0;
                    read = from.getInputStream().read(buffer)) {
                if (changing && isDue(read)) {
                    buffer[random.nextInt(read)] ^= (byte) (1 << random.nextInt(8));
                }
                to.getOutputStream().write(buffer, 0, read);
            }
        } catch (IOException cut) {
            // both ends learn of it below
        } finally {
            close(from);
            close(to);
            open.remove(from);
            open.remove(to);
        }
    }

    private boolean isDue(int read) {
        return read > BUFFER / 2 && flipsDue.get() > 0 && random.nextInt(ONE_OF) == 0 && flipsDue.getAndDecrement() > 0;
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException closedAlready) {
            // it is of no more use either way
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cut();
    }
}
