package dev.aquifer.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.e2e.Drill;
import dev.aquifer.e2e.NeedsRoot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Processes of the agent die at any moment: nothing verified is fetched again, and running pods do not notice. */
@NeedsRoot
final class AgentKilledIT {
    private static final int TIMES = Drill.pick(3, 20);
    private static final int FILL_MILLIS = 2500;
    /** Chunks that were under way on each connection, and what the sockets hold. */
    private static final long UNDER_WAY = 4 * (4L << 20) + (8L << 20);

    @TempDir
    Path folder;

    /** Which of the two dies. */
    enum Killed {
        FETCH {
            @Override
            void in(NodeAgent node) {
                node.killFetch();
                node.startFetch();
            }
        },
        MOUNT {
            @Override
            void in(NodeAgent node) {
                node.restartMount();
            }
        },
        BOTH {
            @Override
            void in(NodeAgent node) {
                node.killFetch();
                node.restartMount();
                node.startFetch();
            }
        };

        abstract void in(NodeAgent node);
    }

    @ParameterizedTest
    @EnumSource
    void aFillInWhichOneIsKilledGoesOnWithWhatWasVerified(Killed killed) throws Exception {
        Hits hits = new Hits("kill of " + killed);
        try (World world = new World(folder, System.nanoTime(), "--megabytes-per-second=8")) {
            Map<String, String> sums = world.source().sums();
            for (int i = 0; i < TIMES; i++) {
                hits.add(fillWithAKill(world, sums, killed));
            }
        }
        hits.assertEnough();
    }

    /** Whether the kill fell inside the fill, for which the pod's publish is held. */
    private static boolean fillWithAKill(World world, Map<String, String> sums, Killed killed) throws Exception {
        try (NodeAgent node = world.node()) {
            double before = world.origin().metrics().value("aquifer_origin_sent_file_bytes_total");
            CompletableFuture<Path> pod =
                    CompletableFuture.supplyAsync(() -> node.kubelet().mount("pod-1"));
            boolean hit = Moments.inFill(node, world.random(), FILL_MILLIS);
            // what lives on still counts what it fetched before
            long verified = killed == Killed.MOUNT ? 0 : node.fetched();
            killed.in(node);
            assertThat(Source.sums(pod.join())).isEqualTo(sums);
            assertThat(node.mounts()).containsExactly(pod.join().toString());

            long total = world.source().bytes();
            assertThat(node.metrics().value("aquifer_node_origin_bytes_total"))
                    .as("bytes fetched after %d of %d were verified", verified, total)
                    .isLessThanOrEqualTo((double) (total - verified));
            assertThat(world.origin().metrics().value("aquifer_origin_sent_file_bytes_total") - before)
                    .isLessThan(total * 1.01 + UNDER_WAY);
            assertThat(node.kubelet().unpublish("pod-1").isOk()).isTrue();
            assertThat(node.mounts()).isEmpty();
            return hit;
        }
    }

    @Test
    void podsReadOnWhileBothProcessesAreKilledAgainAndAgain() throws Exception {
        try (World world = new World(folder, System.nanoTime());
                NodeAgent node = world.node()) {
            Map<String, String> sums = world.source().sums();
            Path first = node.kubelet().mount("pod-0");
            double fetched = node.metrics().value("aquifer_node_origin_bytes_total");
            assertThat(fetched).isEqualTo((double) world.source().bytes());
            try (Readers readers = new Readers(sums, first)) {
                for (int i = 1; i <= TIMES; i++) {
                    kill(world, node, i);
                    Path pod = node.kubelet().mount("pod-" + i);
                    assertThat(Source.sums(pod)).isEqualTo(sums);
                    assertThat(node.kubelet().unpublish("pod-" + i).isOk()).isTrue();
                }
                assertThat(readers.passes()).isPositive();
            }
            assertThat(node.mounts()).containsExactly(first.toString());
            assertThat(node.metrics().value("aquifer_node_origin_bytes_total"))
                    .as("bytes fetched since the last start")
                    .isZero();
        }
    }

    /** While a pod is being published, and perhaps another unpublished. */
    private static void kill(World world, NodeAgent node, int i) throws IOException {
        CompletableFuture<Kubelet.Answer> cut =
                CompletableFuture.supplyAsync(() -> node.kubelet().publish("pod-" + i));
        LockSupport.parkNanos(world.random().nextInt(30_000_000));
        if (i % 2 == 0) {
            node.restartMount();
        }
        node.killFetch();
        node.startFetch();
        cut.join();
    }
}
