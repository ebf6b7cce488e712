package dev.aquifer.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.e2e.NeedsRoot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the three programs of {@code aquifer-node} log at their most talkative, when all goes well and when it does not. */
@NeedsRoot
final class SecretsInLogsIT {
    private static final String TALKATIVE = "--log-level=trace";

    @TempDir
    Path folder;

    @Test
    void noneIsLoggedAtTheMostTalkativeLevel() throws IOException {
        try (World world = new World(folder, 3, "--megabytes-per-second=4", TALKATIVE);
                NodeAgent node = world.node(TALKATIVE)) {
            node.restartMount(TALKATIVE);
            publishInTrouble(world, node);

            assertThat(node.kubelet().unpublish("anna").isOk()).isTrue();
            assertThat(node.stop()).containsOnly(0);
            assertThat(world.origin().stop()).isZero();
        }
        assertThat(logs())
                .contains("event=published", "event=certificate name=" + Authority.ORIGIN, " DEBUG ", "event=stopped")
                .contains("event=certificate name=" + Authority.NODE)
                .doesNotContain(World.KEY.text(), Authority.SECRET, "PRIVATE KEY");
    }

    /** The wire is cut in the fill, then the process that fetches is killed and the next one takes the volume over. */
    private static void publishInTrouble(World world, NodeAgent node) throws IOException {
        CompletableFuture<Path> pod =
                CompletableFuture.supplyAsync(() -> node.kubelet().mount("anna"));
        Moments.until(() -> node.dataset().containsKey("fill"));
        world.wire().cut();
        node.killFetch();
        node.startFetch();
        assertThat(Source.sums(pod.join())).isEqualTo(world.source().sums());
    }

    private String logs() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.getFileName().toString().matches("((fetch|mount)-)?log-[0-9]+"))
                    .map(SecretsInLogsIT::read)
                    .collect(Collectors.joining());
        }
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
