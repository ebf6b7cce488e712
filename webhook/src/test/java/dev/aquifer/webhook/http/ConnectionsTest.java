package dev.aquifer.webhook.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.UnixOperatingSystemMXBean;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ConnectionsTest {
    private final Connections connections = new Connections(3);
    private final Vertx vertx = Vertx.builder()
            .with(new VertxOptions().setEventLoopPoolSize(1))
            .withTransport(connections.transport())
            .build();
    private final HttpServer server = listening();
    private final List<Socket> sockets = new ArrayList<>();

    @AfterEach
    void stop() throws Exception {
        for (Socket socket : sockets) {
            socket.close();
        }
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void whoHasTheMostLosesTheOldestWhenAnotherComes() throws Exception {
        Socket modest = from("127.0.0.1");
        Socket first = from("127.0.0.2");
        Socket second = from("127.0.0.2");

        Socket third = from("127.0.0.2");

        assertThat(first.getInputStream().read()).isEqualTo(-1);
        await().untilAsserted(() -> assertThat(connections.open()).isEqualTo(3));
        for (Socket kept : List.of(modest, second, third)) {
            assertThat(answer(kept)).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void aNewAddressFindsRoomWhereAnotherHasTakenAll() throws Exception {
        Socket first = from("127.0.0.2");
        from("127.0.0.2");
        from("127.0.0.2");

        assertThat(answer(from("127.0.0.1"))).startsWith("HTTP/1.1 200");
        assertThat(first.getInputStream().read()).isEqualTo(-1);
    }

    @Test
    void whatSaysNothingCountsToo() throws Exception {
        List<Socket> silent = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            silent.add(open("127.0.0.2"));
        }

        for (Socket gone : silent.subList(0, silent.size() - 3)) {
            assertThat(gone.getInputStream().read()).isEqualTo(-1);
        }
        for (Socket kept : silent.subList(silent.size() - 3, silent.size())) {
            assertThat(answer(kept)).startsWith("HTTP/1.1 200");
        }
        assertThat(connections.open()).isEqualTo(3);
    }

    @Test
    void whileMoreGoThanAreGoneNoneIsAccepted() throws Exception {
        CountDownLatch busy = new CountDownLatch(1);
        vertx.runOnContext(given -> until(busy));
        try {
            int opened = 240;
            long before = openFiles();
            for (int i = 0; i < opened; i++) {
                open("127.0.0.2");
            }
            // those that count, a hundred that go, and what was accepted in one round
            await().during(Duration.ofMillis(500)).until(() -> openFiles() < before + opened + 3 + 100 + 40);
        } finally {
            busy.countDown();
        }
        assertThat(answer(sockets.getLast())).startsWith("HTTP/1.1 200");
        assertThat(sockets.getFirst().getInputStream().read()).isEqualTo(-1);
    }

    private static void until(CountDownLatch done) {
        try {
            assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static long openFiles() {
        return ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getOpenFileDescriptorCount();
    }

    @Test
    void whatIsClosedCountsNoMore() throws Exception {
        from("127.0.0.1").close();
        await().untilAsserted(() -> assertThat(connections.open()).isZero());
    }

    /** A connection that the server has seen. */
    private Socket from(String address) throws IOException {
        Socket socket = open(address);
        assertThat(answer(socket)).startsWith("HTTP/1.1 200");
        return socket;
    }

    private Socket open(String address) throws IOException {
        Socket socket = new Socket();
        sockets.add(socket);
        socket.setSoTimeout(10_000);
        socket.bind(new InetSocketAddress(InetAddress.getAllByName(address)[0], 0));
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.actualPort()));
        return socket;
    }

    private static String answer(Socket socket) throws IOException {
        socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII));
        byte[] answer = socket.getInputStream().readNBytes("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n".length());
        return new String(answer, US_ASCII);
    }

    private HttpServer listening() {
        return vertx.createHttpServer()
                .requestHandler(request -> request.response().end())
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }
}
