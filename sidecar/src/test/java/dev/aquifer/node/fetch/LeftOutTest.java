package dev.aquifer.node.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aquifer.node.link.LinkAnswer;
import dev.aquifer.node.link.RefusalCode;
import dev.aquifer.node.link.VolumeAttributes;
import dev.aquifer.node.linux.NeedsRoot;
import dev.aquifer.node.origin.RunningOrigin;
import dev.aquifer.node.origin.SeparateOrigin;
import dev.aquifer.node.origin.snapshots.OnUnreadable;
import dev.aquifer.node.remote.TlsOrigins;
import dev.aquifer.node.testing.TestAuthority;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an origin cannot read, and what nobody could copy, on its way from the source to the report that the webhook makes a
 * condition of. The origin is a process without the rights that let root read everything.
 */
@NeedsRoot
final class LeftOutTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String[] WITHOUT_RIGHTS = {
        "setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-dac_override,-dac_read_search"
    };

    @TempDir
    Path folder;

    private final TestAuthority authority = new TestAuthority();
    private Path source;

    @BeforeEach
    void makeSource() throws Exception {
        source = Files.createDirectories(folder.resolve("source"));
        Files.writeString(source.resolve("kept"), "x");
        Path run = Files.createDirectory(source.resolve("run"));
        run("mkfifo", run.resolve("pipe").toString());
        run("mknod", run.resolve("null").toString(), "c", "1", "3");
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(run.resolve("socket")));
        }
        closed(Files.writeString(
                Files.createDirectory(source.resolve("private")).resolve("key"), "secret"));
        Path inside = Files.createDirectory(source.resolve("closed"));
        Files.writeString(inside.resolve("unseen"), "secret");
        closed(inside);
    }

    @Test
    void holdsAllBackAndIsNamedWhereTheOwnerSaysNothing() throws Exception {
        try (SeparateOrigin origin = origin(OnUnreadable.FAIL);
                FetchingNode node = node()) {
            LinkAnswer answer = node.ask(volume(origin), LONG);

            assertThat(answer).isInstanceOfSatisfying(LinkAnswer.Refused.class, refused -> {
                assertThat(refused.code()).isEqualTo(RefusalCode.FAILED_PRECONDITION);
                assertThat(refused.message())
                        .contains("found 2 files or directories", "(closed, private/key)", "cache.onUnreadable");
            });
            assertReports(node, "Fail");
        }
    }

    @Test
    void isCountedAndNamedAndTheRestComesWhereTheOwnerSaysSkip() throws Exception {
        try (SeparateOrigin origin = origin(OnUnreadable.SKIP);
                FetchingNode node = node()) {
            Path tree = node.tree(volume(origin));

            try (Stream<Path> all = Files.walk(tree)) {
                assertThat(all.map(path -> tree.relativize(path).toString()))
                        .containsExactlyInAnyOrder("", "kept", "run", "private");
            }
            assertReports(node, "Skip");
        }
    }

    /** The agent's own status has the same as its report, which is what the webhook's tests read. */
    private static void assertReports(FetchingNode node, String which) throws IOException {
        JsonObject expected = contract().getJsonObject(which);
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(asIn(expected, new JsonObject(node.reports.getLast())))
                        .isEqualTo(expected));
        assertThat(dataset(node.status()).getJsonArray("leftOut"))
                .isEqualTo(dataset(expected).getJsonArray("leftOut"));
    }

    /** The report with what another run has otherwise as it is in the expected one. */
    private static JsonObject asIn(JsonObject expected, JsonObject report) {
        for (String other : new String[] {"snapshot", "takenAt", "bytes"}) {
            JsonObject dataset = dataset(report);
            if (dataset.getValue(other) != null) {
                dataset.put(other, dataset(expected).getValue(other));
            }
        }
        return report;
    }

    private static JsonObject dataset(JsonObject report) {
        assertThat(report.getJsonArray("datasets")).hasSize(1);
        return report.getJsonArray("datasets").getJsonObject(0);
    }

    private static JsonObject contract() throws IOException {
        try (InputStream in = LeftOutTest.class.getResourceAsStream("/contract/left-out.json")) {
            return new JsonObject(new String(Objects.requireNonNull(in).readAllBytes(), UTF_8));
        }
    }

    private SeparateOrigin origin(OnUnreadable onUnreadable) throws Exception {
        return new SeparateOrigin(source, folder.resolve("state"), onUnreadable, authority, WITHOUT_RIGHTS);
    }

    private FetchingNode node() throws IOException {
        FetchSettings settings = TestSettings.settings(folder, folder.resolve("cache"), false, 0, 4);
        return new FetchingNode(settings, new TlsOrigins(authority.contexts(TestAuthority.NODE)));
    }

    private static VolumeAttributes volume(SeparateOrigin origin) {
        return FetchingNode.volume(RunningOrigin.DATASET, origin.port());
    }

    /** For nobody but its user, who is another. */
    private static void closed(Path path) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
        Files.setAttribute(path, "unix:uid", 1234, LinkOption.NOFOLLOW_LINKS);
    }

    private static void run(String... words) throws Exception {
        assertThat(new ProcessBuilder(words).inheritIO().start().waitFor()).isZero();
    }
}
