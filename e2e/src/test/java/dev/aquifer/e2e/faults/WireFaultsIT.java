package dev.aquifer.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.e2e.Drill;
import dev.aquifer.e2e.NeedsRoot;
import io.vertx.grpc.common.GrpcStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The way to the origin breaks, or lies: what pods see is right all the same, or they see nothing and are told why. */
@NeedsRoot
final class WireFaultsIT {
    private static final int TIMES = Drill.pick(2, 20);
    private static final int FILL_MILLIS = 1500;
    private static final int CHANGED_BYTES = 6;

    @TempDir
    Path folder;

    private World world;
    private Map<String, String> sums;

    @BeforeEach
    void begin() throws Exception {
        world = new World(folder, System.nanoTime(), "--megabytes-per-second=16");
        sums = world.source().sums();
    }

    @AfterEach
    void end() {
        world.close();
    }

    @Test
    void aFillGoesOnOnceAKilledOriginIsBack() throws Exception {
        for (int i = 0; i < TIMES; i++) {
            fill(world.wire(), () -> {
                world.origin().kill();
                Moments.pass(world.random(), 1000);
                world.origin().start();
            });
        }
    }

    @Test
    void aCutConnectionCostsOnlyWhatWasUnderWay() throws Exception {
        for (int i = 0; i < TIMES; i++) {
            double fetched = fill(world.wire(), () -> {
                world.wire().cut();
                Moments.pass(world.random(), FILL_MILLIS);
                world.wire().down();
                Moments.pass(world.random(), 2000);
                world.wire().up();
            });
            assertThat(fetched).as("bytes of whole chunks").isEqualTo((double)
                    world.source().bytes());
        }
    }

    @Test
    void bytesThatAreChangedBelowTlsAreNeverSeen() throws Exception {
        fillWithChangedBytes(world.wire());
    }

    @Test
    void bytesThatAHostileOriginChangesAreNeverSeen() throws Exception {
        try (Wire hostile = Wire.hostile(world.origin().port(), world.authority(), world.random())) {
            fillWithChangedBytes(hostile);
        }
    }

    private void fillWithChangedBytes(Wire way) throws Exception {
        int changed = 0;
        for (int i = 0; i < TIMES; i++) {
            fill(way, () -> way.flip(CHANGED_BYTES));
            changed += CHANGED_BYTES - Math.max(0, way.flipsDue());
            way.flip(0);
        }
        assertThat(changed).as("bytes that were changed").isPositive();
    }

    @Test
    @Timeout(180)
    void anOriginThatAlwaysLiesIsNamedAsTheReason() throws Exception {
        try (Wire hostile = Wire.hostile(world.origin().port(), world.authority(), world.random());
                NodeAgent node = world.node(hostile)) {
            hostile.flip(Integer.MAX_VALUE);
            Kubelet.Answer answer = node.kubelet().publish("pod-1", Duration.ofSeconds(18));
            while (!answer.message().contains("the origin sent bytes")) {
                assertThat(answer.code()).as(answer.message()).isEqualTo(GrpcStatus.ABORTED);
                answer = node.kubelet().publish("pod-1", Duration.ofSeconds(18));
            }
            assertThat(node.mounts()).isEmpty();
            assertThat(node.metrics().value("aquifer_node_verification_failures_total"))
                    .isPositive();
            hostile.flip(0);
            assertThat(Source.sums(node.kubelet().mount("pod-1"))).isEqualTo(sums);
        }
    }

    /** A fill in which the fault happens at a random moment; says how many bytes it fetched. */
    private double fill(Wire way, Fault fault) throws Exception {
        try (NodeAgent node = world.node(way)) {
            CompletableFuture<Path> pod =
                    CompletableFuture.supplyAsync(() -> node.kubelet().mount("pod-1"));
            Moments.until(() -> node.dataset().containsKey("fill"));
            Moments.pass(world.random(), FILL_MILLIS);
            fault.happen();
            assertThat(Source.sums(pod.join())).isEqualTo(sums);
            assertThat(node.isAlive()).isTrue();
            return node.metrics().value("aquifer_node_origin_bytes_total");
        }
    }
}
