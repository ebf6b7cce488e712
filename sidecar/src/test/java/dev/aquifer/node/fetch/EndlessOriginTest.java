package dev.aquifer.node.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aquifer.node.dataset.DatasetId;
import dev.aquifer.node.fetch.EndlessOrigin.Endless;
import dev.aquifer.node.link.LinkAnswer;
import dev.aquifer.node.linux.NeedsRoot;
import dev.aquifer.node.origin.RunningOrigin;
import dev.aquifer.node.remote.TlsOrigins;
import dev.aquifer.node.testing.FakeOrigin;
import dev.aquifer.node.testing.FakeSource;
import dev.aquifer.node.testing.TestAuthority;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Origins that never stop sending, over the wire as it is: each is refused by name, and hurts nobody but its own pods. */
@NeedsRoot
final class EndlessOriginTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final DatasetId OTHER = new DatasetId("f".repeat(32));
    /** What the kernel may hold of a connection, at both ends. */
    private static final long MOST = 32 << 20;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void isRefusedByNameAndHarmsNoOther(Endless endless) throws Exception {
        // one record leads to the next: what is right is kept, so an origin that is tried again gets on by one of them
        FakeOrigin honest = new FakeOrigin(
                new FakeSource().random("f", 100_000).directory("a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q/r/s/t/u/v/w/x/y/z"));
        Path source = Files.createDirectory(folder.resolve("source"));
        Files.writeString(source.resolve("other"), "hello");

        try (RunningOrigin other = RunningOrigin.start(
                        RunningOrigin.settings(source, Files.createDirectory(folder.resolve("state"))));
                EndlessOrigin hostile = new EndlessOrigin(other.authority(), honest, endless);
                FetchingNode node = new FetchingNode(
                        TestSettings.settings(folder, folder.resolve("cache"), false, 0, 2),
                        new TlsOrigins(other.authority().contexts(TestAuthority.NODE)))) {
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(
                                    node.ask(FetchingNode.volume(OTHER, hostile.port()), Duration.ofSeconds(1)))
                            .isInstanceOfSatisfying(
                                    LinkAnswer.Filling.class,
                                    filling -> assertThat(filling.message())
                                            .contains(
                                                    "the origin breaks the rules of the protocol", endless.refusal())));
            assertThat(hostile.most()).isLessThan(MOST);
            assertThat(node.tree(FetchingNode.volume(RunningOrigin.DATASET, other.port()))
                            .resolve("other"))
                    .hasContent("hello");
        }
    }
}
