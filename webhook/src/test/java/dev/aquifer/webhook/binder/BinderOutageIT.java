package dev.aquifer.webhook.binder;

import static dev.aquifer.webhook.binder.BindingWorld.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.webhook.binder.pairs.BindMode;
import dev.aquifer.webhook.testing.ControlPlane;
import dev.aquifer.webhook.testing.CuttableLine;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A binder whose API server is away for longer than its lease, and comes back. */
final class BinderOutageIT {
    @RegisterExtension
    static final ControlPlane api = ControlPlane.withControllers().withDefinition();

    private static final Duration LEASE = Duration.ofSeconds(3);

    private final BindingWorld world = new BindingWorld(api);

    static Stream<Named<Consumer<CuttableLine>>> outages() {
        return Stream.of(Named.of("down", CuttableLine::cut), Named.of("hanging", CuttableLine::hold));
    }

    @ParameterizedTest
    @MethodSource("outages")
    void makesUpForAllThatHappenedMeanwhile(Consumer<CuttableLine> outage) throws IOException {
        String id = Integer.toString(System.identityHashCode(outage), 36);
        String label = "outage-" + id;
        try (CuttableLine line = new CuttableLine(
                        URI.create(api.client().getConfiguration().getMasterUrl())
                                .getPort());
                BindingWorld.Running _ =
                        world.binder("outage", BindMode.FAST, null, "https://127.0.0.1:%d/".formatted(line.port()))) {
            world.owner("outage-owner-" + id);
            world.share("outage-owner-" + id, "ref", label);
            world.tenant("outage-a-" + id, label);
            PersistentVolumeClaim before = world.bound("outage-a-" + id);

            outage.accept(line);
            world.tenant("outage-b-" + id, label);
            world.delete(before);
            leaseRunsOut();
            line.mend();

            world.bound("outage-b-" + id);
            eventually(
                    () -> assertThat(world.bound("outage-a-" + id).getMetadata().getName())
                            .isNotEqualTo(before.getMetadata().getName()));
        }
        world.onlyPairsWereWritten();
    }

    private void leaseRunsOut() {
        eventually(() -> assertThat(api.client()
                        .leases()
                        .inNamespace("default")
                        .withName("binder-it")
                        .get()
                        .getSpec()
                        .getRenewTime())
                .isBefore(ZonedDateTime.now(ZoneOffset.UTC).minus(LEASE)));
    }
}
