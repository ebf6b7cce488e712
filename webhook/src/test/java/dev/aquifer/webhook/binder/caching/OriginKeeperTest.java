package dev.aquifer.webhook.binder.caching;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.aquifer.webhook.api.Access;
import dev.aquifer.webhook.api.SharedVolumeStatus;
import dev.aquifer.webhook.binder.known.Shared;
import dev.aquifer.webhook.binder.pods.ClaimNode;
import dev.aquifer.webhook.binder.requests.Writer;
import dev.aquifer.webhook.binding.plan.RevokePolicy.Keep;
import dev.aquifer.webhook.binding.plan.VolumeCondition;
import dev.aquifer.webhook.binding.source.Dataset;
import dev.aquifer.webhook.entitlement.VolumeBuilder;
import dev.aquifer.webhook.origin.OriginSettings;
import dev.aquifer.webhook.rest.ApiServer;
import dev.aquifer.webhook.testing.PretendedApiServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An origin whose pod never becomes ready. */
final class OriginKeeperTest {
    private static final Dataset DATASET =
            new Dataset("1".repeat(32), "lab/ref", "lab", "aquifer-origin-ref", "data", null, false);

    private final AtomicInteger looks = new AtomicInteger();
    private Duration now = Duration.ZERO;
    private Duration next = Duration.ZERO;
    private PretendedApiServer server;
    private OriginKeeper keeper;

    @BeforeEach
    void begin() throws IOException {
        server = new PretendedApiServer("/", this::answer);
        ApiServer api = new ApiServer(server.client());
        Writer writer = new Writer(api, () -> true);
        keeper = new OriginKeeper(
                new OriginSettings("aquifer-system", "aquifer-node:1", "Never", "https://admission"),
                new OriginWriter(api, writer),
                new DatasetKeys(api, writer, "aquifer-system"),
                new ClaimNode(api),
                new CacheNews(null, () -> now.toNanos(), dataset -> {}),
                () -> now.toNanos(),
                (uid, delay) -> next = delay);
    }

    @AfterEach
    void end() {
        server.close();
    }

    @Test
    void isLookedAtLessAndLessOften() {
        lookFor(Duration.ofSeconds(30), 1);
        assertThat(looks).as("a pod starts in seconds").hasValue(30);

        lookFor(Duration.ofMinutes(10), 1);
        assertThat(looks).hasValueBetween(40, 59);
        assertThat(next).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void isLookedAtSoonAgainOnceItsVolumeHasChanged() {
        lookFor(Duration.ofMinutes(5), 1);
        keeper.look(shared(2), DATASET);

        assertThat(next).isEqualTo(Duration.ofSeconds(1));
    }

    private void lookFor(Duration time, long generation) {
        while (now.compareTo(time) < 0) {
            keeper.look(shared(generation), DATASET);
            now = now.plus(next);
        }
    }

    private static Shared shared(long generation) {
        var condition =
                new SharedVolumeStatus.Condition(VolumeCondition.CACHED, "False", generation, "", "OriginNotReady", "");
        return new Shared(
                "lab",
                "ref",
                "uid",
                generation,
                false,
                List.of(),
                new Keep(),
                new VolumeBuilder("lab", "ref")
                        .role("reader", VolumeBuilder.path("/", Access.ReadOnly))
                        .cached()
                        .build(),
                new SharedVolumeStatus(
                        List.of(condition), null, null, null, null, null, null, null, null, null, null, null));
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        if (path.contains("/deployments/")) {
            looks.incrementAndGet();
        }
        if (path.endsWith("/aquifer-authority")) {
            PretendedApiServer.answer(exchange, 200, "{\"data\":{\"ca.crt\":\"PEM\"}}");
        } else {
            PretendedApiServer.answer(exchange, body.isEmpty() ? 404 : 200, body.isEmpty() ? "{}" : body);
        }
    }
}
