package dev.aquifer.webhook.binder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.webhook.binder.pairs.BindMode;
import dev.aquifer.webhook.testing.ControlPlane;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a binder asks of the API server for minutes in which nothing happens. */
@EnabledIfSystemProperty(
        named = "aquifer.drills",
        matches = "full",
        disabledReason = "takes minutes of quiet; mvn verify -Pdrills runs it")
final class QuietClusterIT {
    @RegisterExtension
    static final ControlPlane api =
            ControlPlane.withControllers().withDefinition().ofItsOwn();

    /** Longer than any pause between two tries, and than what the binder does a while after its start. */
    private static final Duration QUIET = Duration.ofMinutes(3);

    private final BindingWorld world = new BindingWorld(api);

    @Test
    void listsNothingAndWritesNothingButItsLease() throws IOException {
        world.owner("still-owner");
        world.share("still-owner", "ref", "still");
        world.tenant("still-tenant", "still");
        try (var _ = world.binder("still", BindMode.FAST)) {
            world.bound("still-tenant");

            BindingWorld.patiently()
                    .atMost(QUIET.multipliedBy(2))
                    .pollInterval(Duration.ofSeconds(5))
                    .until(() -> world.askedSince(Instant.now().minus(QUIET)).isEmpty());

            assertThat(world.watchedSince(Instant.now().minus(QUIET)))
                    .allSatisfy((kind, watches) -> assertThat(watches).isLessThanOrEqualTo(1));
        }
    }
}
