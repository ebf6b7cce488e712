package dev.aquifer.webhook.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.webhook.entitlement.Reason;
import dev.aquifer.webhook.inject.Injector;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WarmUpTest {
    private final Vertx vertx = Vertx.vertx();
    private final WarmUp warmUp = new WarmUp(vertx, new Injector(true));

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void walksTheWholePathOfAPodThatIsInjected() throws Exception {
        assertThat(warmUp.review().reason()).isEqualTo(Reason.INJECTED);
    }

    @Test
    void letsAServerThatItCannotReachStartCold() {
        assertThat(warmUp.run("127.0.0.1", 1).toCompletionStage().toCompletableFuture())
                .succeedsWithin(10, TimeUnit.SECONDS);
    }
}
