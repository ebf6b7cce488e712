package dev.aquifer.webhook.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aquifer.webhook.http.Arrivals;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bodies come before anybody knows whose the token is: all of them together take a bounded part of the memory. */
final class TokenMemoryTest {
    private static final int LARGEST = 1 << 20;
    private static final String ONE = "/one";
    private static final String OTHER = "/other";

    private final Vertx vertx = Vertx.vertx();
    private final SimpleMeterRegistry one = new SimpleMeterRegistry();
    private final SimpleMeterRegistry other = new SimpleMeterRegistry();
    private final HttpClient client =
            vertx.createHttpClient(new HttpClientOptions(), new PoolOptions().setHttp1MaxSize(100));
    private HttpServer server;

    @BeforeEach
    void listen() {
        Arrivals arrivals = new Arrivals(vertx);
        var handlers = Map.of(
                ONE,
                handler(TokenContext.of(vertx, arrivals, one)),
                OTHER,
                handler(TokenContext.of(vertx, arrivals, other)));
        server = vertx.createHttpServer()
                .requestHandler(request ->
                        Objects.requireNonNull(handlers.get(request.path())).handle(request))
                .listen(0, "127.0.0.1")
                .await();
    }

    private static TokenHandler handler(TokenContext context) {
        TokenCall length = (token, body) ->
                new Answer.Given(new JsonObject().put("length", body.get().length()));
        return new TokenHandler(context, new TokenRules(length, LARGEST, "requests", "what came", "given"));
    }

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    @Test
    void manyLargeBodiesAtOnceTakeOnlyTheirShareAndASmallOneIsAnswered() {
        beginLarge(ONE, 15);
        await().untilAsserted(() -> assertThat(tooMany(one)).isPositive());

        assertThat(inFlight(one)).isLessThanOrEqualTo(6.0 * LARGEST);
        assertThat(status(ONE, 10_000)).isEqualTo(200);
    }

    @Test
    void whoeverDoesNotFinishGivesHisMemoryToThoseWhoCome() {
        beginLarge(ONE, 6);
        await().untilAsserted(() -> assertThat(inFlight(one)).isEqualTo(6.0 * LARGEST));

        assertThat(status(ONE, LARGEST)).isEqualTo(429);
        await().untilAsserted(() -> assertThat(status(ONE, LARGEST)).isEqualTo(200));
    }

    @Test
    void aRequestThatUsesOtherMemoryNeedNotGoForIt() {
        HttpClientRequest slow = begin(OTHER, 1000, 999);
        await().untilAsserted(() -> assertThat(inFlight(other)).isPositive());
        beginLarge(ONE, 15);
        await().untilAsserted(() -> assertThat(tooMany(one)).isPositive());

        assertThat(slow.end(Buffer.buffer("x"))
                        .compose(sent -> slow.response())
                        .await()
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void memoryIsGivenBackWithTheAnswer() {
        assertThat(status(ONE, LARGEST)).isEqualTo(200);
        assertThat(status(ONE, LARGEST + 1)).isEqualTo(413);

        await().untilAsserted(() -> assertThat(inFlight(one)).isZero());
    }

    private void beginLarge(String path, int count) {
        IntStream.range(0, count).forEach(_ -> begin(path, LARGEST, LARGEST - 1));
    }

    /** A request of which so many bytes come, and no more yet. */
    private HttpClientRequest begin(String path, int length, int sent) {
        HttpClientRequest request = client.request(HttpMethod.POST, server.actualPort(), "127.0.0.1", path)
                .await();
        request.putHeader("Authorization", "Bearer x").putHeader("Content-Length", Integer.toString(length));
        request.exceptionHandler(cutOff -> {});
        var _ = request.write(Buffer.buffer(new byte[sent]));
        return request;
    }

    private int status(String path, int length) {
        return client.request(HttpMethod.POST, server.actualPort(), "127.0.0.1", path)
                .compose(request ->
                        request.putHeader("Authorization", "Bearer x").send(Buffer.buffer(new byte[length])))
                .map(HttpClientResponse::statusCode)
                .await();
    }

    private static double tooMany(SimpleMeterRegistry registry) {
        return registry.counter("requests", "outcome", "too-many").count();
    }

    private static double inFlight(SimpleMeterRegistry registry) {
        return registry.get("aquifer.tokens.inflight").gauge().value();
    }
}
