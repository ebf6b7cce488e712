package dev.aquifer.webhook.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aquifer.webhook.http.Connections;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who reaches the port, and begins requests without end that he does not finish, keeps nobody from an answer. */
final class CrowdedServerTest {
    /** What a connection may hold at once. */
    private static final int STREAMS = 250;

    private final TestServer server = new TestServer();
    private final List<HttpClient> clients = new ArrayList<>();

    @AfterEach
    void stop() {
        clients.forEach(HttpClient::shutdownNow);
        server.close();
    }

    @Test
    void aByteOfManyBodiesTakesNoMoreMemoryThanAByteNeeds() throws Exception {
        var begun = begin(2, new byte[] {'{'});

        await().untilAsserted(() ->
                assertThat(server.gauge("aquifer.admission.inflight")).isEqualTo(begun.size() * 4096.0));
        assertThat(server.post(Reviews.of(Reviews.plainPod())).statusCode()).isEqualTo(200);
    }

    @Test
    void headsWithoutABodyDoNotPileUp() throws Exception {
        var begun = begin(5, new byte[0]);

        // 1,000 may be arriving: those that came first had to go, long before their timeout
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(begun.stream().filter(CompletableFuture::isDone))
                        .hasSizeGreaterThanOrEqualTo(begun.size() - 1000));
        assertThat(begun.stream().filter(CompletableFuture::isDone)).hasSizeLessThanOrEqualTo(begun.size() - 900);
        assertThat(server.post(Reviews.of(Reviews.plainPod())).statusCode()).isEqualTo(200);
    }

    @Test
    void bodiesThatTookAllTheRoomGiveItBackToThoseWhoCome() throws Exception {
        // one byte less than was declared: each takes 2 MiB, however its parts are cut, and 11 of them find room
        int part = 2 << 20;
        begin(1, 11, new byte[part], part + 1L);
        await().untilAsserted(() ->
                assertThat(server.gauge("aquifer.admission.inflight")).isGreaterThanOrEqualTo(11.0 * part));

        byte[] huge = Reviews.ofSize(8 << 20);
        assertThat(post(huge).statusCode()).isEqualTo(429);
        await().untilAsserted(() -> assertThat(post(huge).statusCode()).isEqualTo(200));
    }

    @Test
    void aHeadWhoseBodyNeverBeginsIsAnsweredInTime() throws Exception {
        var late = client().sendAsync(
                        server.request("/mutate?timeout=200ms")
                                .POST(part(new byte[0], Exchange.LARGEST_BODY))
                                .build(),
                        BodyHandlers.ofString());

        await().atMost(Duration.ofSeconds(20)).until(late::isDone);
        assertThat(server.count("refused", "too-slow")).isEqualTo(1);
    }

    @Test
    void socketsThatSayNothingCountAndKeepNobodyOut() throws Exception {
        int most = 20;
        List<Socket> silent = new ArrayList<>();
        try (TestServer small = new TestServer(Duration.ZERO, new Connections(most))) {
            for (int i = 0; i < 3 * most; i++) {
                silent.add(strangerTo(small));
            }

            // more come meanwhile: those that have said nothing for some seconds are closed
            await().untilAsserted(() -> {
                silent.add(strangerTo(small));
                assertThat(small.gauge("aquifer.admission.connections")).isEqualTo(most);
            });
            assertThat(small.post(Reviews.of(Reviews.plainPod())).statusCode()).isEqualTo(200);
            assertThat(small.gauge("aquifer.admission.connections")).isBetween(1.0, (double) most);
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }
    }

    private static Socket strangerTo(TestServer server) throws IOException {
        InetAddress stranger = InetAddress.getByAddress(new byte[] {127, 0, 0, 2});
        return new Socket(InetAddress.getLoopbackAddress(), server.server.port(), stranger, 0);
    }

    private HttpResponse<String> post(byte[] body) throws Exception {
        return server.send(server.request("/mutate").POST(BodyPublishers.ofByteArray(body)));
    }

    private List<CompletableFuture<HttpResponse<String>>> begin(int connections, byte[] part) throws Exception {
        return begin(connections, STREAMS - 1, part, Exchange.LARGEST_BODY);
    }

    /** Requests of which the head and this part of a body come, and no more. */
    private List<CompletableFuture<HttpResponse<String>>> begin(
            int connections, int streams, byte[] part, long declared) throws Exception {
        HttpRequest request =
                server.request("/mutate?timeout=30s").POST(part(part, declared)).build();
        List<CompletableFuture<HttpResponse<String>>> begun = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            HttpClient client = client();
            for (int j = 0; j < streams; j++) {
                begun.add(client.sendAsync(request, BodyHandlers.ofString()));
            }
        }
        return begun;
    }

    /** A client with its connection open. */
    private HttpClient client() throws Exception {
        HttpClient client = server.client(HttpClient.Version.HTTP_2);
        clients.add(client);
        HttpRequest whole = server.request("/mutate")
                .POST(BodyPublishers.ofString(Reviews.of(Reviews.plainPod())))
                .build();
        assertThat(client.send(whole, BodyHandlers.ofString()).version()).isEqualTo(HttpClient.Version.HTTP_2);
        return client;
    }

    private static BodyPublisher part(byte[] part, long declared) {
        return BodyPublishers.fromPublisher(
                subscriber -> subscriber.onSubscribe(new Flow.Subscription() {
                    private int sent;

                    @Override
                    public void request(long wanted) {
                        if (sent < part.length) {
                            int to = Math.min(part.length, sent + (16 << 10));
                            ByteBuffer next = ByteBuffer.wrap(Arrays.copyOfRange(part, sent, to));
                            sent = to;
                            subscriber.onNext(next);
                        }
                    }

                    @Override
                    public void cancel() {}
                }),
                declared);
    }
}
