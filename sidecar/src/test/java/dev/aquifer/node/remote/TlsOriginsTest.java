package dev.aquifer.node.remote;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aquifer.node.testing.TestAuthority;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class TlsOriginsTest {
    /** The head of a record of TLS with a message of 16 KiB, as a server begins (RFC 8446, 5.1). */
    private static final byte[] BEGIN = {0x16, 3, 3, 0x40, 0};

    private static final int PAUSE_MILLIS = 50;

    private final TlsOrigins origins =
            new TlsOrigins(new TestAuthority().contexts(TestAuthority.NODE), Duration.ofSeconds(1));

    @Test
    @Timeout(30)
    void anOriginThatGreetsByteByByteIsNotWaitedFor() throws IOException {
        try (ServerSocket listening = new ServerSocket(0)) {
            Thread.ofVirtual().start(() -> greet(listening));
            Peer peer = new Peer(TestAuthority.ORIGIN.toString(), "localhost:" + listening.getLocalPort());

            assertThatThrownBy(() -> origins.reach(peer)).hasMessageContaining("no TLS within 1 s");
        }
    }

    private static void greet(ServerSocket listening) {
        try (Socket socket = listening.accept()) {
            InputStream in = socket.getInputStream();
            OutputStream out = socket.getOutputStream();
            out.write(BEGIN);
            while (in.read() >= 0) {
                out.write(2);
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (IOException hungUp) {
            // that is what it should do
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
