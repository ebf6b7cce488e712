package dev.aquifer.node.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aquifer.node.identity.TlsContexts;
import dev.aquifer.node.testing.TestAuthority;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class TlsOriginsTest {
    /** The head of a record of TLS with a message of 16 KiB, as a server begins (RFC 8446, 5.1). */
    private static final byte[] BEGIN = {0x16, 3, 3, 0x40, 0};

    private static final int PAUSE_MILLIS = 50;

    private static final byte[] ZEROS = new byte[64 << 10];
    /** So much that no kernel takes it, and not more, for the test ends. */
    private static final long ENDLESS = 1L << 30;

    private final TestAuthority authority = new TestAuthority();
    private final TlsContexts contexts = authority.contexts(TestAuthority.NODE);
    private final TlsOrigins origins = new TlsOrigins(contexts, Duration.ofSeconds(1));

    @Test
    @Timeout(30)
    void anOriginThatGreetsByteByByteIsNotWaitedFor() throws IOException {
        try (ServerSocket listening = new ServerSocket(0)) {
            Thread.ofVirtual().start(() -> greet(listening));

            assertThatThrownBy(() -> origins.reach(peer(listening))).hasMessageContaining("no TLS within 1 s");
        }
    }

    /** TLS' own end would read what comes for as long as it comes, whatever it is. */
    @Test
    @Timeout(30)
    void theEndOfAConnectionReadsNothing() throws Exception {
        AtomicLong sent = new AtomicLong();
        CountDownLatch ended = new CountDownLatch(1);
        try (ServerSocket listening = new ServerSocket(0)) {
            Thread.ofPlatform().daemon().start(() -> {
                serve(listening, (out, _) -> {
                    while (sent.addAndGet(ZEROS.length) < ENDLESS) {
                        out.write(ZEROS);
                    }
                });
                ended.countDown();
            });

            origins.reach(peer(listening));
            ended.await();
        }

        assertThat(sent).as("what the kernel took").hasValueLessThan(32 << 20);
    }

    /** They would be in the heap for a day, and so would each ticket. */
    @Test
    @Timeout(30)
    void sessionsAreForgotten() throws Exception {
        SSLContext context = contexts.context();
        try (ServerSocket listening = new ServerSocket(0)) {
            Thread.ofPlatform().daemon().start(() -> {
                serve(listening, (_, secure) -> secure.getOutputStream().write(1));
                serve(listening, (_, secure) -> secure.getOutputStream().write(1));
            });
            new TlsOrigins(contexts).reach(peer(listening));

            try (SSLSocket next =
                    (SSLSocket) context.getSocketFactory().createSocket("localhost", listening.getLocalPort())) {
                next.startHandshake();
                assertThat(next.getInputStream().read()).as("behind a ticket").isEqualTo(1);
                assertThat(Collections.list(context.getClientSessionContext().getIds()))
                        .containsExactly(next.getSession().getId());
            }
        }
    }

    private interface Sender {
        void send(OutputStream below, SSLSocket secure) throws IOException;
    }

    private static Peer peer(ServerSocket listening) {
        return new Peer(TestAuthority.ORIGIN.toString(), "localhost:" + listening.getLocalPort());
    }

    /** Greets as an origin does, and then goes on below TLS. */
    private void serve(ServerSocket listening, Sender sender) {
        try (Socket plain = listening.accept()) {
            SSLSocket secure = (SSLSocket) authority
                    .contexts(TestAuthority.ORIGIN)
                    .context()
                    .getSocketFactory()
                    .createSocket(plain, null, true);
            secure.setNeedClientAuth(true);
            secure.startHandshake();
            sender.send(plain.getOutputStream(), secure);
        } catch (IOException hungUp) {
            // that is what the node should do
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
