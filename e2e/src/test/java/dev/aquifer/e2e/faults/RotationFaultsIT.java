package dev.aquifer.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.e2e.Drill;
import dev.aquifer.e2e.NeedsRoot;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The authority is replaced while a dataset is being fetched. */
@NeedsRoot
final class RotationFaultsIT {
    private static final int TIMES = Drill.pick(1, 20);
    private static final String BOTH = "event=authorities count=2";

    @TempDir
    Path folder;

    @Test
    void aFillGoesOnUnderTheNextAuthority() throws Exception {
        for (int i = 0; i < TIMES; i++) {
            try (World world = new World(folder.resolve("world-" + i), System.nanoTime(), "--megabytes-per-second=1");
                    NodeAgent node = world.node()) {
                CompletableFuture<Path> pod =
                        CompletableFuture.supplyAsync(() -> node.kubelet().mount("pod-1"));
                Moments.until(() -> node.dataset().containsKey("fill"));
                Moments.pass(world.random(), 2000);
                world.authority().succeed();
                Moments.until(
                        () -> node.log().contains(BOTH) && world.origin().log().contains(BOTH));
                world.authority().dropPredecessors();
                // what was agreed on under the old one ends; the rest needs certificates of the new one
                world.wire().cut();
                assertThat(Source.sums(pod.join())).isEqualTo(world.source().sums());
                assertThat(certificates(node.log())).isEqualTo(2);
                assertThat(certificates(world.origin().log())).isEqualTo(2);
            }
        }
    }

    private static long certificates(String log) {
        return log.lines().filter(line -> line.contains("event=certificate ")).count();
    }
}
