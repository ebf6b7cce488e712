package dev.aquifer.webhook.binder.pairs;

import static dev.aquifer.webhook.binder.BindingWorld.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.webhook.binder.BindingWorld;
import dev.aquifer.webhook.binder.known.KnownCluster;
import dev.aquifer.webhook.binder.known.Nobody;
import dev.aquifer.webhook.binder.known.RecordedFacts;
import dev.aquifer.webhook.binder.known.Shared;
import dev.aquifer.webhook.binder.known.Written;
import dev.aquifer.webhook.binder.pace.Backoff;
import dev.aquifer.webhook.binder.pace.RaisePace;
import dev.aquifer.webhook.binder.requests.NotLeadingException;
import dev.aquifer.webhook.binder.requests.Parallel;
import dev.aquifer.webhook.binder.requests.Writer;
import dev.aquifer.webhook.binding.plan.Action.CreateClaim;
import dev.aquifer.webhook.binding.plan.Action.CreateVolume;
import dev.aquifer.webhook.binding.plan.BindingPlan;
import dev.aquifer.webhook.binding.plan.VolumePlan;
import dev.aquifer.webhook.binding.plan.VolumeState;
import dev.aquifer.webhook.binding.source.HandleRules;
import dev.aquifer.webhook.cluster.Served;
import dev.aquifer.webhook.entitlement.AcceptedOwners;
import dev.aquifer.webhook.rest.ApiServer;
import dev.aquifer.webhook.testing.ControlPlane;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What others do between two steps of a batch, and what becomes of one that is cut off: no binder runs beside it, and each
 * step waits for the test's own.
 */
final class FastBindingStepsIT {
    @RegisterExtension
    static final ControlPlane api = ControlPlane.withControllers().withDefinition();

    /** The pairs of a batch that is cut off. */
    private static final int PAIRS = 3;

    /** Four for each pair, but for the status of the volume that is made last: decision 0020. */
    private static final int WRITES = 4 * PAIRS - 1;

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
        List<NewPair> batch = share("gone-owner", "gone", 1);

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
        List<NewPair> batch = share("released-owner", "released", 2);
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

    @Test
    void comesToTheSameEndWhereverItIsCutOff() {
        world.owner("cut-owner");
        world.apply(IntStream.rangeClosed(0, WRITES)
                .mapToObj(FastBindingStepsIT::sharedAndItsTenants)
                .collect(Collectors.joining("---\n")));

        for (int writes = 0; writes <= WRITES; writes++) {
            List<NewPair> batch = batch("cut-owner", cut(writes), PAIRS);
            // the last of them is free to make more than it has to
            List<String> made = bindUntil(batch, writes == WRITES ? Integer.MAX_VALUE : writes);
            assertThat(written(made)).hasSize(writes);
            // whatever is left is the one list
            assertThat(made).hasSizeLessThanOrEqualTo(writes + 1);
        }

        try (var _ = world.binder("after-all", BindMode.FAST)) {
            BindingWorld.patiently().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                for (int writes = 0; writes <= WRITES; writes++) {
                    for (int tenant = 0; tenant < PAIRS; tenant++) {
                        assertThat(world.pairsIn(tenant(writes, tenant)))
                                .as("of a batch that was cut off after %d writes", writes)
                                .singleElement()
                                .satisfies(this::isBound);
                    }
                }
            });
        }
        assertThat(api.client().events().v1().events().inAnyNamespace().list().getItems())
                .filteredOn(event -> event.getMetadata().getNamespace().startsWith("cut-"))
                .extracting(Event::getReason)
                .doesNotContain("ClaimLost", "ClaimMisbound");
    }

    private static String cut(int writes) {
        return "cut-" + writes;
    }

    private static String tenant(int writes, int number) {
        return cut(writes) + "-" + number;
    }

    private static String sharedAndItsTenants(int writes) {
        String tenants = IntStream.range(0, PAIRS)
                .mapToObj(number -> """
                        {apiVersion: v1, kind: Namespace, metadata: {name: %s, labels: {aquifer.dev/inject: enabled, %s: "true"}}}
                        ---
                        """.formatted(tenant(writes, number), cut(writes)))
                .collect(Collectors.joining());
        return tenants + BindingWorld.manifest("cut-owner", cut(writes), cut(writes), "");
    }

    /** Kubernetes' own controller would have the claim resized if it were not as large as its volume. */
    private void isBound(PersistentVolumeClaim claim) {
        assertThat(claim.getStatus().getPhase()).isEqualTo("Bound");
        assertThat(claim.getStatus().getCapacity())
                .isEqualTo(
                        world.volume(claim.getSpec().getVolumeName()).getSpec().getCapacity());
    }

    private boolean hasVolume(NewPair pair) {
        return api.client().persistentVolumes().withName(pair.name()).get() != null;
    }

    private String phase(NewPair pair) {
        return world.volume(pair.name()).getStatus().getPhase();
    }

    private List<NewPair> share(String owner, String label, int tenants) {
        world.share(owner, "ref", label);
        return batch(owner, "ref", tenants);
    }

    /** What a plan wants to make for so many tenants. */
    private List<NewPair> batch(String owner, String name, int tenants) {
        List<NewPair> batch = new ArrayList<>();
        eventually(() -> {
            VolumePlan plan = plan(owner, name);
            assertThat(plan.actions()).hasSize(2 * tenants);
            batch.clear();
            for (int i = 0; i < plan.actions().size(); i += 2) {
                batch.add(new NewPair(
                        ((CreateClaim) plan.actions().get(i)).claim(),
                        ((CreateVolume) plan.actions().get(i + 1)).volume()));
            }
        });
        return batch;
    }

    private VolumePlan plan(String owner, String name) {
        Shared shared = Objects.requireNonNull(cluster.shared.byKey(owner + "/" + name), name)
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
        bind(batch, api.client(), () -> {
            before.accept(writes.incrementAndGet());
            return true;
        });
    }

    /** As a binder does that is killed once it has made so many writes; returns the methods of its requests. */
    private List<String> bindUntil(List<NewPair> batch, int writes) {
        List<String> made = new CopyOnWriteArrayList<>();
        try (KubernetesClient client = noting(made)) {
            bind(batch, client, () -> written(made).size() < writes);
        } catch (NotLeadingException _) {
            // cut off in the middle
        }
        return made;
    }

    private static List<String> written(List<String> made) {
        return made.stream().filter(method -> !method.equals("GET")).toList();
    }

    /** A client of which the method of each request is noted. */
    private static KubernetesClient noting(List<String> made) {
        Interceptor noting = new Interceptor() {
            @Override
            public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
                made.add(request.method());
            }
        };
        return new KubernetesClientBuilder()
                .withConfig(api.client().getConfiguration())
                .withHttpClientBuilderConsumer(builder -> builder.addOrReplaceInterceptor("noting", noting))
                .build();
    }

    private void bind(List<NewPair> batch, KubernetesClient client, BooleanSupplier mayWrite) {
        ApiServer server = new ApiServer(client);
        Writer writer = new Writer(server, mayWrite);
        PairWriter pairs = new PairWriter(writer, cluster, new Written(System::nanoTime));
        new FastBinding(writer, server, pairs, cluster, new Parallel(1)).bind(batch, (pair, failure) -> {
            throw failure;
        });
    }
}
