package dev.aquifer.e2e.network;

import dev.aquifer.e2e.Cluster;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A port of this machine whose connections go on from a pod, as its own: the pod's program {@code nc} makes them. */
final class PodPort implements AutoCloseable {
    private static final int LONGEST_READ = 1 << 14;
    /** For a connection over which nothing comes any more. */
    private static final int PATIENCE_MILLIS = 30_000;

    private final ServerSocket server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    private final ProcessBuilder nc;

    /**
     * Listens at once.
     *
     * @param host where the pod connects to
     */
    PodPort(Cluster cluster, String namespace, String pod, String host, int port) throws IOException {
        this.nc = new ProcessBuilder(cluster.command(
                                "kubectl", "-n", namespace, "exec", "-i", pod, "--", "nc", host, String.valueOf(port))
                        .words())
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        Thread.startVirtualThread(this::accept);
    }

    /**
     * Sends a text over TLS, whoever the server is.
     *
     * @return all that comes, to the end of the connection
     * @throws IOException if the server does not agree to a connection, or breaks it
     */
    String ask(SSLContext tls, String request) throws IOException {
        try (Socket plain = new Socket(server.getInetAddress(), server.getLocalPort());
                SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket(plain, "pod", 0, true)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.startHandshake();
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket here = server.accept();
                Thread.startVirtualThread(() -> carry(here));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void carry(Socket here) {
        try (here) {
            Process there = nc.start();
            try {
                Thread.startVirtualThread(() -> copy(here, there));
                there.getInputStream().transferTo(here.getOutputStream());
            } finally {
                there.destroy();
            }
        } catch (IOException end) {
            // of either side: the other one's ends with it
        }
    }

    /** Each piece as it comes: the other side waits for it. */
    private static void copy(Socket here, Process there) {
        try (OutputStream to = there.getOutputStream()) {
            InputStream from = here.getInputStream();
            byte[] piece = new byte[LONGEST_READ];
            for (int length = from.read(piece); length >= 0; length = from.read(piece)) {
                to.write(piece, 0, length);
                to.flush();
            }
        } catch (IOException end) {
            // of either side
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
