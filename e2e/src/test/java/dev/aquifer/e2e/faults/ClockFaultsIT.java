package dev.aquifer.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.e2e.Drill;
import dev.aquifer.e2e.NeedsRoot;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The wall clock of a node jumps while it fetches, by as much as leaves certificates valid or not, and is set right again. */
@NeedsRoot
final class ClockFaultsIT {
    private static final int TIMES = Drill.pick(4, 20);
    private static final List<Duration> JUMPS =
            List.of(Duration.ofMinutes(30), Duration.ofMinutes(-30), Duration.ofDays(2), Duration.ofDays(-2));

    @TempDir
    Path folder;

    @Test
    void aFillGoesOnOnceTheClockIsRightAndPodsReadWhatTheSourceHas() throws Exception {
        for (int i = 0; i < TIMES; i++) {
            Path here = folder.resolve("world-" + i);
            WallClock clock = new WallClock(here.resolve("time"));
            try (World world = new World(here, System.nanoTime(), "--megabytes-per-second=2");
                    NodeAgent node = world.node(clock)) {
                CompletableFuture<Path> pod =
                        CompletableFuture.supplyAsync(() -> node.kubelet().mount("pod-1"));
                Moments.until(() -> node.dataset().containsKey("fill"));
                Moments.pass(world.random(), 1000);

                clock.jump(JUMPS.get(i % JUMPS.size()));
                // what is agreed on from now on needs certificates that are valid by this clock
                world.wire().cut();
                Moments.pass(world.random(), 3000);
                assertThat(node.isAlive()).isTrue();
                clock.jump(Duration.ZERO);

                assertThat(Source.sums(pod.join())).isEqualTo(world.source().sums());
            }
        }
    }
}
