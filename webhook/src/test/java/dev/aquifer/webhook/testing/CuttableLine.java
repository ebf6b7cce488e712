package dev.aquifer.webhook.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A TCP line to a port of this machine. A test can cut it: connections break, and new ones are closed at once. It can hold
 * it: connections stay, and nothing comes through before it is mended. Or freeze it, as a firewall does that has forgotten
 * its connections: they stay open, and nothing passes any more.
 */
public final class CuttableLine implements AutoCloseable {
    private static final int SOME = 8192;

    private final ServerSocket entrance;
    private final int exit;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Set<Socket> silent = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;
    private volatile boolean frozen;
    private volatile CompletableFuture<Void> passage = CompletableFuture.completedFuture(null);

    /** @param exit the port that the line leads to */
    public CuttableLine(int exit) {
        this.exit = exit;
        try {
            entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return entrance.getLocalPort();
    }

    public void cut() {
        cut = true;
        open.forEach(CuttableLine::hangUp);
    }

    public void freeze() {
        frozen = true;
        silent.addAll(open);
    }

    public void hold() {
        passage = new CompletableFuture<>();
    }

    /** For new connections, and for what was held; what was frozen stays so. */
    public void mend() {
        cut = false;
        frozen = false;
        passage.complete(null);
    }

    private void accept() {
        try {
            while (true) {
                Socket near = entrance.accept();
                Thread.ofVirtual().start(() -> connect(near));
            }
        } catch (IOException closed) {
            open.forEach(CuttableLine::hangUp);
        }
    }

    private void connect(Socket near) {
        try (near;
                Socket far = new Socket(InetAddress.getLoopbackAddress(), exit)) {
            open.add(near);
            open.add(far);
            if (frozen) {
                silent.add(near);
                silent.add(far);
            }
            if (!cut) {
                Thread back = Thread.ofVirtual().start(() -> carry(far, near));
                carry(near, far);
                back.join();
            }
        } catch (IOException | InterruptedException gone) {
            // who connects finds out by himself
        }
    }

    private void carry(Socket from, Socket to) {
        try {
            byte[] some = new byte[SOME];
            int count;
            while ((count = from.getInputStream().read(some)) >= 0) {
                passage.join();
                if (!silent.contains(from)) {
                    to.getOutputStream().write(some, 0, count);
                }
            }
        } catch (IOException broken) {
            // whichever end broke, both are hung up
        }
        hangUp(from);
        hangUp(to);
    }

    private static void hangUp(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        mend();
        entrance.close();
    }
}
