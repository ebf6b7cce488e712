package dev.aquifer.node.remote;

import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.aquifer.node.identity.TlsContexts;
import dev.aquifer.node.testing.TestAuthority;
import dev.aquifer.node.transfer.HttpHead;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class OriginConnectionTest {
    /** More than the kernel takes for anybody. */
    private static final byte[] LONG = new byte[64 << 20];

    private final TestAuthority authority = new TestAuthority();
    private final CountDownLatch over = new CountDownLatch(1);

    @Test
    @Timeout(30)
    void waitsForNobodyWhoDoesNotTakeTheRequest() throws Exception {
        try (ServerSocket listening = new ServerSocket(0)) {
            Thread.ofPlatform().daemon().start(() -> takeNothing(listening));
            Socket plain = new Socket("localhost", listening.getLocalPort());
            SSLSocket secure = tls(plain, TestAuthority.NODE, true);
            secure.startHandshake();

            try (OriginConnection connection =
                    new OriginConnection(new OriginSocket(plain, secure), Duration.ofSeconds(1))) {
                assertThatIOException()
                        .isThrownBy(() -> connection.ask(new HttpHead("POST / HTTP/1.1", Map.of()), LONG))
                        .withMessageContaining("losed");
            }
            over.countDown();
        }
    }

    private SSLSocket tls(Socket plain, URI who, boolean client) throws IOException {
        TlsContexts contexts = authority.contexts(who);
        SSLSocket secure = (SSLSocket) contexts.context().getSocketFactory().createSocket(plain, null, true);
        secure.setUseClientMode(client);
        return secure;
    }

    private void takeNothing(ServerSocket listening) {
        try (Socket plain = listening.accept()) {
            tls(plain, TestAuthority.ORIGIN, false).startHandshake();
            over.await();
        } catch (IOException hungUp) {
            // that is what the node should do
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }
}
