package dev.aquifer.webhook.binder;

import static dev.aquifer.webhook.binder.BindingWorld.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.webhook.binding.Action.CreateClaim;
import dev.aquifer.webhook.binding.Action.CreateVolume;
import dev.aquifer.webhook.binding.BindingPlan;
import dev.aquifer.webhook.binding.HandleRules;
import dev.aquifer.webhook.binding.VolumePlan;
import dev.aquifer.webhook.binding.VolumeState;
import dev.aquifer.webhook.cluster.Served;
import dev.aquifer.webhook.entitlement.AcceptedOwners;
import dev.aquifer.webhook.rest.ApiServer;
import dev.aquifer.webhook.testing.ControlPlane;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What others do between two steps of a batch: no binder runs beside it, and each step waits for the test's own. */
final class FastBindingStepsIT {
    @RegisterExtension
    static final ControlPlane api = ControlPlane.withControllers().withDefinition();

    private final BindingWorld world = new BindingWorld(api);
    private final KnownCluster cluster =
            new KnownCluster(api.client(), Served.ALL, AcceptedOwners.NONE, HandleRules.known(), null, new Nobody());

    @BeforeEach
    void watch() {
        cluster.start();
        eventually(() -> assertThat(cluster.isListed()).isTrue());
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    @Timeout(40) // half of it is more than enough, and the barrier alone would take 60 seconds
    void waitsNoLongerForAVolumeWhoseClaimWasDeleted() {
        world.owner("gone-owner");
        world.tenant("gone-tenant", "gone");
        List<NewPair> batch = batch("gone-owner", "gone");

        bind(batch, writes -> {
            if (writes == 2) {
                world.delete(world.pairsIn("gone-tenant").getFirst());
            }
        });

        // the claim that is leaving may be seen before Kubernetes' own controller has looked at the volume
        eventually(() -> assertThat(phase(batch.getFirst())).isEqualTo("Released"));
    }

    @Test
    void callsNoVolumeBoundThatSomebodyChangedSinceItWasMade() throws IOException {
        world.owner("released-owner");
        world.tenant("released-a", "released");
        world.tenant("released-b", "released");
        List<NewPair> batch = batch("released-owner", "released");
        List<NewPair> first = new ArrayList<>();

        // two claims, a volume, then its status
        bind(batch, writes -> {
            if (writes == 4) {
                batch.stream().filter(this::hasVolume).forEach(first::add);
                NewPair pair = first.getFirst();
                world.delete(world.claim(pair.claim().namespace(), pair.name()));
                eventually(() -> assertThat(phase(pair)).isEqualTo("Released"));
            }
        });

        assertThat(first).hasSize(1);
        assertThat(world.patchesOfStatus(first.getFirst().name())).containsExactly(409);
        assertThat(phase(first.getFirst())).isEqualTo("Released");
    }

    private boolean hasVolume(NewPair pair) {
        return api.client().persistentVolumes().withName(pair.name()).get() != null;
    }

    private String phase(NewPair pair) {
        return world.volume(pair.name()).getStatus().getPhase();
    }

    /** What a plan wants to make for the tenants with this label. */
    private List<NewPair> batch(String owner, String label) {
        world.share(owner, "ref", label);
        List<NewPair> batch = new ArrayList<>();
        eventually(() -> {
            VolumePlan plan = plan(owner);
            assertThat(plan.actions()).isNotEmpty();
            batch.clear();
            for (int i = 0; i < plan.actions().size(); i += 2) {
                batch.add(new NewPair(
                        ((CreateClaim) plan.actions().get(i)).claim(),
                        ((CreateVolume) plan.actions().get(i + 1)).volume()));
            }
        });
        return batch;
    }

    private VolumePlan plan(String owner) {
        Shared shared = Objects.requireNonNull(cluster.shared.byKey(owner + "/ref"), owner)
                .value();
        return BindingPlan.of(
                new VolumeState.Shared(Objects.requireNonNull(shared.volume())),
                new RecordedFacts(
                        cluster,
                        new RaisePace(new Backoff(Duration.ZERO, Duration.ZERO, () -> 0), () -> 0),
                        Instant.EPOCH),
                cluster.pairs(shared.uid()),
                HandleRules.known());
    }

    /** @param before is told of the number of each write before it is made */
    private void bind(List<NewPair> batch, IntConsumer before) {
        AtomicInteger writes = new AtomicInteger();
        ApiServer server = new ApiServer(api.client());
        Writer writer = new Writer(server, () -> {
            before.accept(writes.incrementAndGet());
            return true;
        });
        PairWriter pairs = new PairWriter(writer, cluster, new Written(System::nanoTime));
        new FastBinding(writer, server, pairs, cluster, new Parallel(1)).bind(batch, (pair, failure) -> {
            throw failure;
        });
    }
}
