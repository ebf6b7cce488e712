package dev.aquifer.node.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.net.InetAddress;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** A handshake with certificates of both sides, over loopback, and one byte each way. */
final class Handshake {
    private Handshake() {}

    static void succeeds(SSLContext server, SSLContext client) throws Exception {
        assertThat(shake(server, client)).isEqualTo(new PeerName(TestEnrolment.NAME.toString()));
    }

    static void fails(SSLContext server, SSLContext client) {
        assertThatIOException().isThrownBy(() -> shake(server, client));
    }

    private static PeerName shake(SSLContext server, SSLContext client) throws Exception {
        try (var listening = (SSLServerSocket)
                        server.getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            listening.setNeedClientAuth(true);
            Future<PeerName> seen = threads.submit(() -> {
                try (var socket = (SSLSocket) listening.accept()) {
                    socket.getOutputStream().write(socket.getInputStream().read());
                    return PeerName.of(socket.getSession());
                }
            });
            try (var socket = (SSLSocket) client.getSocketFactory()
                    .createSocket(InetAddress.getLoopbackAddress(), listening.getLocalPort())) {
                socket.getOutputStream().write(7);
                if (socket.getInputStream().read() != 7) {
                    throw new IOException("Expected the byte back, found the end");
                }
            }
            return seen.get();
        }
    }
}
