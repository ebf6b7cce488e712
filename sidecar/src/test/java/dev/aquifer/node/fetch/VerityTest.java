package dev.aquifer.node.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.aquifer.node.cache.CacheFolder;
import dev.aquifer.node.cache.DatasetFolder;
import dev.aquifer.node.cache.Protection;
import dev.aquifer.node.dataset.Chunks;
import dev.aquifer.node.dataset.DatasetId;
import dev.aquifer.node.link.Acquisition;
import dev.aquifer.node.link.LinkAnswer;
import dev.aquifer.node.link.LinkClient;
import dev.aquifer.node.link.LinkServer;
import dev.aquifer.node.link.VolumeAttributes;
import dev.aquifer.node.linux.Fd;
import dev.aquifer.node.linux.NeedsRoot;
import dev.aquifer.node.linux.Open;
import dev.aquifer.node.testing.FakeOrigin;
import dev.aquifer.node.testing.FakeOrigins;
import dev.aquifer.node.testing.FakeSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A cache whose files have fs-verity, on a disk that rots. Skipped where the kernel has none; {@link VerityMachineTest} runs it
 * on one that has.
 */
@NeedsRoot
final class VerityTest {
    private static final DatasetId ONE = new DatasetId("1".repeat(32));
    private static final String KEY = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    private static final Duration LONG = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    private final FakeSource source = new FakeSource()
            .random("a", Chunks.SIZE + 10_000)
            .random("d/b", 9_000)
            .file("empty", "")
            .hardLinked("one", "d/two", "the same");
    private VerityDisk disk;

    @BeforeEach
    void mount() throws Exception {
        disk = new VerityDisk(folder);
    }

    @AfterEach
    void unmount() throws Exception {
        if (disk != null) {
            disk.unmount();
        }
    }

    @Test
    void isOnAllFilesOfASnapshotAndTheyReadAsTheSource() throws IOException {
        fill(source, true);
        for (String file : source.files().keySet()) {
            assertThat(path(source, file)).hasBinaryContent(source.require(file).content());
            assertThat(hasVerity(path(source, file))).as(file).isEqualTo(!"empty".equals(file));
        }
        assertThatThrownBy(() -> Files.delete(path(source, "a"))).hasMessageContaining("not permitted");
    }

    /** The older one was filled before it was wanted. */
    @Test
    void isOnFilesThatANewerSnapshotTakesFromAnOlderOne() throws IOException {
        fill(source, false);
        assertThat(hasVerity(path(source, "a"))).isFalse();
        FakeSource next = source.copy().random("c", 5_000);
        fill(next, true);
        assertThat(hasVerity(path(source, "a"))).isTrue();
        assertThat(path(next, "a")).hasBinaryContent(source.require("a").content());
        assertThatThrownBy(() -> Files.delete(path(source, "a"))).hasMessageContaining("not permitted");
    }

    @Test
    void aReadOfWhatHasRottedFailsUntilTheScrubHasMendedIt() throws Exception {
        fill(source, true);
        Path rotten = path(source, "a");
        disk.rot(rotten);
        assertThatIOException()
                .isThrownBy(() -> Files.readAllBytes(rotten))
                .withMessageContaining("Input/output error");

        scrubUntil(rotten);

        assertThat(hasVerity(rotten)).isTrue();
        assertThatThrownBy(() -> Files.delete(rotten)).hasMessageContaining("not permitted");
    }

    /** Nobody can write to such a file any more: it is fetched anew as a whole. */
    @Test
    void whatHasRottedInAnUnfinishedFillIsFetchedAnewAfterARestart() throws Exception {
        fill(source, true);
        disk.rot(path(source, "a"));
        asBeforeItsEnd();
        fill(source, true);
        assertThat(path(source, "a")).hasBinaryContent(source.require("a").content());
        assertThat(hasVerity(path(source, "a"))).isTrue();
    }

    /** Puts the snapshot back to where it was before its last step, in an earlier run of the machine. */
    private void asBeforeItsEnd() throws IOException {
        Path dataset = disk.root().resolve("cache/datasets/" + ONE);
        String id = source.id().hex();
        Path filling = Files.createDirectories(dataset.resolve("filling/" + id));
        try (Fd tree = dev.aquifer.node.linux.Files.open(dataset.resolve("snapshots/" + id), Open.READ)) {
            new Protection(false).lift(tree);
        }
        Files.move(dataset.resolve("snapshots/" + id), filling.resolve("tree"));
        Files.move(dataset.resolve("digests/" + id), filling.resolve("digests"));
        Files.writeString(filling.resolve("boot"), "an earlier one");
    }

    private void scrubUntil(Path isRight) throws IOException {
        FakeOrigins origins = new FakeOrigins();
        origins.origins.put(ONE, new FakeOrigin(source));
        FetchSettings settings = TestSettings.settings(folder, disk.root().resolve("cache"), true, 1L << 30, 1);
        VolumeAttributes volume = new VolumeAttributes(
                "climate-anna",
                ONE.value(),
                "climate-data/ref",
                "aquifer://origin/climate-data/aquifer-origin-ref",
                "aquifer-origin-ref.climate-data.svc:8443");
        try (LinkServer _ = LinkServer.start(settings.mountSocket(), (_, _) -> new LinkAnswer.Mounted(List.of()));
                FetchProgram _ = FetchProgram.start(
                        settings,
                        origins,
                        _ -> new JsonObject(),
                        new SimpleMeterRegistry(),
                        InstantSource.system(),
                        Duration.ofSeconds(5));
                Acquisition pod = new LinkClient(settings.socket()).acquire(volume, KEY, "/pods/1", LONG)) {
            assertThat(pod.answer()).isInstanceOf(LinkAnswer.Ready.class);
            await().atMost(LONG)
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(isRight)
                            .hasBinaryContent(source.require("a").content()));
        }
    }

    private void fill(FakeSource what, boolean verity) throws IOException {
        try (CacheFolder cache = CacheFolder.open(disk.root().resolve("cache"), new Protection(verity));
                DatasetFolder dataset = cache.dataset(ONE)) {
            what.fill(dataset, cache.protection(), () -> false);
        }
    }

    private Path path(FakeSource of, String file) {
        return disk.root()
                .resolve("cache/datasets/%s/snapshots/%s/%s"
                        .formatted(ONE, of.id().hex(), file));
    }

    private static boolean hasVerity(Path file) throws IOException {
        try (Fd fd = dev.aquifer.node.linux.Files.open(file, Open.READ)) {
            return Protection.hasVerity(fd);
        }
    }
}
