package dev.aquifer.webhook.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.aquifer.webhook.testing.PretendedApiServer;
import io.fabric8.kubernetes.client.http.HttpClient;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ExchangeTest {
    /** As where the API server's machine is lost at this moment: nobody says that nothing comes any more. */
    @Test
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void waitsForNoAnswerThatStopsBehindItsHead() throws Exception {
        try (var server = new PretendedApiServer("/version", ExchangeTest::begin)) {
            HttpClient http = server.client().getHttpClient();
            var request = http.newHttpRequestBuilder()
                    .uri(URI.create(server.client().getMasterUrl() + "version"))
                    .timeout(10, TimeUnit.SECONDS)
                    .build();

            var answer = new Exchange(http, Duration.ofMillis(500)).send(request);

            assertThat(Objects.requireNonNull(answer.failure()).code()).isEqualTo(ApiException.NONE);
        }
    }

    private static void begin(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 100);
        exchange.getResponseBody().write('{');
        exchange.getResponseBody().flush();
    }
}
