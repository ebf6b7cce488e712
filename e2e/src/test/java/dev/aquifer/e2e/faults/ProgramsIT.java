package dev.aquifer.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.aquifer.e2e.Command;
import dev.aquifer.e2e.NeedsRoot;
import dev.aquifer.node.dataset.Chunks;
import dev.aquifer.node.dataset.Hash;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The three programs of {@code aquifer-node} as processes beside each other, native where there is a native image. */
@NeedsRoot
final class ProgramsIT {
    private static final List<String> SECRETS =
            List.of(World.KEY.text(), World.KEY_BYTES, Authority.SECRET, "PRIVATE KEY");

    @TempDir
    private Path folder;

    private World world;
    private NodeAgent node;

    @BeforeEach
    void start() throws IOException {
        world = new World(folder, 1);
        node = world.node();
    }

    @AfterEach
    void stop() throws IOException {
        node.close();
        world.close();
    }

    @Test
    void aPodSeesWhatTheSourceHoldsAndWritesNothing() throws IOException {
        Path target = node.kubelet().mount("anna");

        assertThatItShowsTheSource(target);
        assertThatExceptionOfType(FileSystemException.class)
                .isThrownBy(() -> Files.writeString(target.resolve("new"), "x"))
                .withMessageContaining("Read-only file system");
        assertThat(node.metrics().value("aquifer_node_origin_bytes_total"))
                .isEqualTo((double) world.source().bytes());
        assertThat(node.metrics().value("aquifer_node_certificate_expiry_timestamp_seconds"))
                .isPositive();
        assertThat(world.origin().metrics().value("aquifer_origin_sent_file_bytes_total"))
                .isPositive();

        assertThat(node.kubelet().unpublish("anna").isOk()).isTrue();
        assertThat(target).doesNotExist();
        assertThat(node.stop()).containsOnly(0);
        assertThat(world.origin().stop()).isZero();
        assertThat(node.log() + node.mountLog() + world.origin().log())
                .contains("event=published", "event=certificate name=" + Authority.ORIGIN, "event=stopped")
                .doesNotContain(World.KEY.text(), Authority.SECRET);
    }

    /** Also where a process was killed that had them. */
    @Test
    void noFileThatIsLeftHoldsAKeyOrAToken() throws IOException {
        node.kubelet().mount("anna");
        node.killFetch();
        node.restartMount();
        node.startFetch();
        node.kubelet().mount("bob");
        world.origin().kill();
        world.origin().start();
        Moments.until(() -> world.origin().log().contains("event=certificate "));
        assertThat(node.kubelet().unpublish("anna").isOk()).isTrue();
        assertThat(node.kubelet().unpublish("bob").isOk()).isTrue();
        assertThat(node.stop()).containsOnly(0);
        assertThat(world.origin().stop()).isZero();

        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(ProgramsIT::holdsASecret))
                    .as("files with a secret, besides those that the test gave to the programs")
                    .containsExactlyInAnyOrder(
                            world.authority().token(Authority.NODE),
                            world.authority().token(Authority.ORIGIN));
        }
    }

    private static boolean holdsASecret(Path file) {
        try {
            return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    && SECRETS.stream().anyMatch(Files.readString(file, StandardCharsets.ISO_8859_1)::contains);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void theStatusNamesWhatPodsHaveForPeopleAndForPrograms() throws IOException {
        node.kubelet().mount("anna");
        node.kubelet().mount("bob");

        assertThat(node.status())
                .containsPattern("(?m)^climate-data/ref  [0-9a-f]{12}  ready  \\[#{20}] 100 %  .* -     2$")
                .containsPattern("(?m)^cache: .* inodes$");
        JsonObject dataset = new JsonObject(node.status("-o", "json"))
                .getJsonArray("datasets")
                .getJsonObject(0);
        assertThat(dataset.getString("id")).isEqualTo(World.DATASET);
        assertThat(dataset.getJsonArray("snapshots").getJsonObject(0).getInteger("mounts"))
                .isEqualTo(2);
    }

    @Test
    void aCompleteSnapshotNeedsNeitherOriginNorWebhook() throws IOException {
        node.kubelet().mount("anna");
        node.killFetch();
        assertThat(world.origin().stop()).isZero();
        world.authority().close();

        node.startFetch();

        assertThatItShowsTheSource(node.kubelet().mount("bob"));
        assertThat(node.metrics().value("aquifer_node_origin_bytes_total")).isZero();
    }

    /** A native program has SHA-256 from elsewhere than the JVM of this test. */
    @Test
    void whatANodeNotesOfAChunkIsItsSha256() throws IOException {
        node.kubelet().mount("anna");

        byte[] chunk =
                Arrays.copyOf(Files.readAllBytes(world.source().file(Source.LARGE_FILES.getFirst())), Chunks.SIZE);
        assertThat(HexFormat.of().formatHex(Files.readAllBytes(digests())))
                .contains(Hash.sha256(chunk).hex());
    }

    /** The digests of the one snapshot. */
    private Path digests() throws IOException {
        try (Stream<Path> paths = Files.walk(node.cache())) {
            return paths.filter(path -> path.toString().contains("/digests/"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private void assertThatItShowsTheSource(Path target) {
        assertThat(Command.of(
                                "diff",
                                "--recursive",
                                "--no-dereference",
                                world.source().root().toString(),
                                target.toString())
                        .run())
                .isEmpty();
    }
}
