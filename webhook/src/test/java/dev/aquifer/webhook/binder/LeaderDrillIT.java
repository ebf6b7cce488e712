package dev.aquifer.webhook.binder;

import static dev.aquifer.webhook.binder.BindingWorld.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.webhook.binder.pairs.BindMode;
import dev.aquifer.webhook.testing.ControlPlane;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.client.Watch;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Leaders are killed at random points, again and again, while shared volumes, namespaces, sources and pairs change. Whoever
 * comes last makes of it exactly what should be. With {@code -Pdrills} 50 rounds, else 6.
 */
final class LeaderDrillIT {
    @RegisterExtension
    static final ControlPlane api = ControlPlane.withControllers().withDefinition();

    private static final int ROUNDS = "full".equals(System.getProperty("aquifer.drills")) ? 50 : 6;
    private static final int TENANTS = 8;

    private final BindingWorld world = new BindingWorld(api);
    private final Random random = new Random(4);
    private final Set<Integer> labelled = new TreeSet<>();
    private final Set<String> notRetained = ConcurrentHashMap.newKeySet();
    private int moves;
    private boolean granted = true;

    @Test
    void comesToExactlyThePlanHoweverLeadersEnd() throws IOException {
        world.owner("drill-owner");
        share();
        for (int i = 0; i < TENANTS; i++) {
            world.tenant(tenant(i), "drill");
            labelled.add(i);
        }
        try (Watch _ = world.watchVolumes(this::look)) {
            int killed = 0;
            // one that could not renew its lease in time is no leader any more when its end comes
            for (int round = 0; killed < ROUNDS && round < 2 * ROUNDS; round++) {
                if (round % 4 == 3) {
                    handOver("drill-leaves-" + round);
                }
                killed += isKilledLeading("drill-" + round) ? 1 : 0;
            }
            assertThat(killed).isEqualTo(ROUNDS);
            try (var _ = world.binder("drill-last", BindMode.FAST)) {
                settles();
            }
        }
        assertThat(notRetained).isEmpty();
        world.onlyPairsWereWritten();
    }

    private void look(PersistentVolume volume) {
        if (!volume.getSpec().getPersistentVolumeReclaimPolicy().equals("Retain")) {
            notRetained.add(volume.getMetadata().getName());
        }
    }

    /** Comes to its end at any time from its first list on, whatever is being changed then. */
    private boolean isKilledLeading(String identity) {
        BindingWorld.Running leader = world.binder(identity, BindMode.FAST);
        change();
        leads(identity);
        CompletableFuture<Boolean> killed = CompletableFuture.supplyAsync(
                () -> {
                    leader.kill();
                    return world.leader().equals(identity);
                },
                CompletableFuture.delayedExecutor(
                        random.nextInt(1500), TimeUnit.MILLISECONDS, Thread::startVirtualThread));
        do {
            change();
        } while (!killed.isDone());
        return killed.join();
    }

    private void handOver(String identity) {
        try (var _ = world.binder(identity, BindMode.FAST)) {
            leads(identity);
            change();
        }
    }

    private void leads(String identity) {
        eventually(() -> assertThat(world.leader()).isEqualTo(identity));
    }

    private void change() {
        int tenant = random.nextInt(TENANTS);
        switch (random.nextInt(7)) {
            case 0, 1 -> relabel(tenant);
            case 2 -> any(world.pairsIn(tenant(tenant)), random).forEach(world::delete);
            case 3 -> any(world.volumesFor(tenant(tenant)), random).forEach(world::delete);
            case 4 -> {
                granted = !granted;
                share();
            }
            case 5 -> {
                world.kubectl(
                        "delete", "sharedvolume", "-n", "drill-owner", "ref", "--ignore-not-found", "--wait=false");
                share(); // no more than a change of one that is going, where its leader was cut off
            }
            default -> move();
        }
    }

    private void relabel(int tenant) {
        boolean now = labelled.add(tenant) || !labelled.remove(tenant);
        world.label(tenant(tenant), "aquifer.dev/inject", now ? "enabled" : "disabled");
    }

    /** One that is being deleted may go between the look and the change. */
    private void share() {
        eventually(this::write);
    }

    private void write() {
        world.share("drill-owner", "ref", granted ? "drill" : "nobody");
    }

    /** The source claim is made anew, on another volume. */
    private void move() {
        world.kubectl("delete", "pvc", "-n", "drill-owner", "data", "--timeout=30s");
        world.source("drill-owner", "data", "drill-source-" + ++moves);
    }

    private static <T> List<T> any(List<T> all, Random random) {
        return all.isEmpty() ? all : List.of(all.get(random.nextInt(all.size())));
    }

    private void settles() {
        eventually(() -> {
            write();
            assertThat(world.sharedVolume("drill-owner", "ref")
                            .at("/metadata/deletionTimestamp")
                            .isMissingNode())
                    .isTrue();
        });
        String path = world.volume(world.claim("drill-owner", "data").getSpec().getVolumeName())
                .getSpec()
                .getHostPath()
                .getPath();
        BindingWorld.patiently().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            Set<String> expected =
                    granted ? labelled.stream().map(LeaderDrillIT::tenant).collect(Collectors.toSet()) : Set.of();
            List<PersistentVolumeClaim> claims = new ArrayList<>();
            List<PersistentVolume> volumes = new ArrayList<>();
            for (int i = 0; i < TENANTS; i++) {
                claims.addAll(world.pairsIn(tenant(i)));
                volumes.addAll(world.volumesFor(tenant(i)));
            }
            assertThat(claims.stream().map(claim -> claim.getMetadata().getNamespace()))
                    .containsExactlyInAnyOrderElementsOf(expected);
            assertThat(claims)
                    .allSatisfy(
                            claim -> assertThat(claim.getStatus().getPhase()).isEqualTo("Bound"));
            assertThat(volumes).hasSameSizeAs(claims).allSatisfy(volume -> {
                assertThat(volume.getStatus().getPhase()).isEqualTo("Bound");
                assertThat(volume.getSpec().getHostPath().getPath()).isEqualTo(path);
            });
        });
        eventually(
                () -> assertThat(world.condition("drill-owner", "ref", "Ready")).isEqualTo("True/Ready"));
    }

    private static String tenant(int number) {
        return "drill-tenant-" + number;
    }
}
