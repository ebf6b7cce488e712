package dev.aquifer.node.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.node.dataset.DatasetId;
import dev.aquifer.node.link.LinkAnswer;
import dev.aquifer.node.linux.NeedsRoot;
import dev.aquifer.node.testing.FakeOrigin;
import dev.aquifer.node.testing.FakeOrigins;
import dev.aquifer.node.testing.FakeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A cache on a tmpfs, which has no fs-verity. */
@NeedsRoot
final class LacksVerityTest {
    private static final DatasetId ONE = new DatasetId("1".repeat(32));
    private static final String MISSING = "aquifer.node.cache.verity.missing";

    @TempDir
    Path folder;

    private Path cache;

    @BeforeEach
    void makeCache() throws IOException {
        cache = Files.createTempDirectory(Path.of("/dev/shm"), "lacks-verity");
    }

    @AfterEach
    void removeCache() throws IOException {
        try (var all = Files.walk(cache)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void measuresThatItLacksWhatIsAskedFor(boolean asked) throws IOException {
        FakeOrigins origins = new FakeOrigins();
        origins.origins.put(ONE, new FakeOrigin(new FakeSource().random("a", 9_000)));
        try (FetchingNode node = new FetchingNode(TestSettings.settings(folder, cache, asked, 0, 1), origins)) {
            assertThat(node.registry.get(MISSING).gauge().value()).isZero();
            assertThat(node.ask(FetchingNode.volume(ONE, 1), Duration.ofMinutes(1)))
                    .isInstanceOf(LinkAnswer.Ready.class);
            assertThat(node.registry.get(MISSING).gauge().value()).isEqualTo(asked ? 1 : 0);
        }
    }
}
