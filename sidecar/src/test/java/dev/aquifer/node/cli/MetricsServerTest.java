package dev.aquifer.node.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class MetricsServerTest {
    private static final String METRICS = "aquifer_node_evictions_total 7.0\n";

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<Socket> strangers = new ArrayList<>();
    private MetricsServer server;

    @BeforeEach
    void start() throws IOException {
        server = new MetricsServer(0, () -> METRICS);
    }

    @AfterEach
    void stop() throws IOException {
        for (Socket stranger : strangers) {
            stranger.close();
        }
        server.close();
        client.close();
    }

    @Test
    void answersTheMetricsAndNothingElse() throws Exception {
        HttpResponse<String> metrics = send(request("/metrics").GET());
        assertThat(metrics.statusCode()).isEqualTo(200);
        assertThat(metrics.headers().firstValue("Content-Type")).hasValue("text/plain; version=0.0.4; charset=utf-8");
        assertThat(metrics.body()).isEqualTo(METRICS);
        assertThat(send(request("/metrics?a=b").GET()).body()).isEqualTo(METRICS);

        assertThat(send(request("/").GET()).statusCode()).isEqualTo(404);
        assertThat(send(request("/metrics").POST(BodyPublishers.ofString("x"))).statusCode())
                .isEqualTo(404);
    }

    @Test
    void holdsFewConnectionsOfThoseWhoAskNothing() throws Exception {
        for (int i = 0; i < 300; i++) {
            stranger().getOutputStream().write("GET /metrics HTTP/1.1\r\n".getBytes(US_ASCII));
        }

        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(strangers.stream().filter(MetricsServerTest::isOpen))
                        .hasSizeLessThan(100));
        assertThat(send(request("/metrics").GET()).body()).isEqualTo(METRICS);
    }

    @Test
    void answersNothingToWhatIsNoRequest() throws Exception {
        Socket stranger = stranger();
        stranger.getOutputStream().write("\u0001\u0002 nonsense\r\n\r\n".getBytes(US_ASCII));

        await().atMost(Duration.ofSeconds(5)).until(() -> !isOpen(stranger));
        assertThat(send(request("/metrics").GET()).body()).isEqualTo(METRICS);
    }

    private Socket stranger() throws IOException {
        Socket stranger = new Socket(InetAddress.getLoopbackAddress(), server.port());
        stranger.setSoTimeout(1);
        strangers.add(stranger);
        return stranger;
    }

    private static boolean isOpen(Socket stranger) {
        try {
            return stranger.getInputStream().readAllBytes().length > 0;
        } catch (SocketTimeoutException stillOpen) {
            return true;
        } catch (IOException reset) {
            return false;
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:%d%s".formatted(server.port(), path)))
                .timeout(Duration.ofSeconds(10));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }
}
