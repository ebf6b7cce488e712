package dev.aquifer.node.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aquifer.node.cache.FreeSpaceFloor;
import dev.aquifer.node.cache.Quota;
import dev.aquifer.node.cache.Usage;
import dev.aquifer.node.dataset.DatasetId;
import dev.aquifer.node.link.LinkAnswer;
import dev.aquifer.node.link.RefusalCode;
import dev.aquifer.node.link.VolumeAttributes;
import dev.aquifer.node.linux.Fd;
import dev.aquifer.node.linux.FileSystem;
import dev.aquifer.node.linux.NeedsRoot;
import dev.aquifer.node.testing.FakeOrigin;
import dev.aquifer.node.testing.FakeOrigins;
import dev.aquifer.node.testing.FakeSource;
import dev.aquifer.node.testing.LoopDisk;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cache on a small disk that others fill up: it gives way before kubelet evicts pods that have nothing to do with it. */
@NeedsRoot
final class DiskSpaceTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final DatasetId ONE = new DatasetId("1".repeat(32));
    private static final DatasetId TWO = new DatasetId("2".repeat(32));
    private static final DatasetId THREE = new DatasetId("3".repeat(32));

    @TempDir
    Path folder;

    private final FakeSource source = new FakeSource().random("a", 12 << 20).random("d/b", 8 << 20);
    private final FakeSource other = new FakeSource().random("c", 20 << 20).random("e", 2 << 20);
    private final FakeOrigin otherOrigin = new FakeOrigin(other);
    private final FakeOrigins origins = new FakeOrigins();
    private LoopDisk disk;

    @BeforeEach
    void mount() throws Exception {
        // a part of it is for root alone, and counts as taken
        disk = new LoopDisk(folder, "128M", "-m", "20", "-N", "2000");
        origins.origins.put(ONE, new FakeOrigin(source));
        origins.origins.put(TWO, otherOrigin);
        origins.origins.put(THREE, new FakeOrigin(new FakeSource().file("small", "x")));
    }

    @AfterEach
    void unmount() throws Exception {
        disk.close();
    }

    @Test
    void belowFifteenPercentOfTheBytesWhatIsNotMountedGoes() throws Exception {
        try (FetchingNode node = start(0)) {
            Path one = node.tree(volume(ONE));
            leave(22);
            await().during(Duration.ofSeconds(1)).until(() -> Files.exists(one));

            leave(13);

            await().atMost(LONG).untilAsserted(() -> assertThat(one).doesNotExist());
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(free().bytes()).isGreaterThan(total().bytes() / 100 * 15));
        }
    }

    @Test
    void belowTenPercentOfTheInodesWhatIsNotMountedGoes() throws Exception {
        for (int i = 0; i < 300; i++) {
            source.file("many/" + i, "x");
        }
        try (FetchingNode node = start(0)) {
            Path one = node.tree(volume(ONE));

            leaveInodes(8);

            await().atMost(LONG).untilAsserted(() -> assertThat(one).doesNotExist());
            await().atMost(LONG).untilAsserted(() -> assertThat(free().inodes()).isGreaterThan(total().inodes() / 10));
        }
    }

    @Test
    void theSettingCountsWhereItIsMore() throws Exception {
        try (FetchingNode node = start(40 << 20)) {
            Path one = node.tree(volume(ONE));

            leave(25);

            await().atMost(LONG).untilAsserted(() -> assertThat(one).doesNotExist());
        }
    }

    @Test
    void whatIsMountedStaysAndNoFillBegins() throws Exception {
        try (FetchingNode node = start(0)) {
            Path one = node.tree(volume(ONE));
            node.mount(one);
            Path ballast = leave(12);

            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(node.ask(volume(TWO), LONG))
                            .isInstanceOfSatisfying(LinkAnswer.Refused.class, refused -> {
                                assertThat(refused.code()).isEqualTo(RefusalCode.RESOURCE_EXHAUSTED);
                                assertThat(refused.message())
                                        .contains("so that no pod is evicted", "free some space on the node");
                            }));
            assertThat(one.resolve("a")).hasBinaryContent(source.require("a").content());
            assertThat(node.tree(volume(ONE))).isEqualTo(one);
            assertThat(otherOrigin.chunkBytes).hasValue(0);

            Files.delete(ballast);
            await().atMost(LONG).until(() -> node.ask(volume(TWO), LONG) instanceof LinkAnswer.Ready);
        }
    }

    @Test
    void aFillThatRunsPausesAndGoesOnOnceThereIsRoom() throws Exception {
        try (FetchingNode node = start(0)) {
            Path small = node.tree(volume(THREE));
            otherOrigin.gate.drainPermits();
            otherOrigin.gate.release(1);
            CompletableFuture<LinkAnswer> pod = CompletableFuture.supplyAsync(() -> ask(node, TWO));
            await().atMost(LONG).until(() -> otherOrigin.chunkBytes.get() > 0);
            Path ballast = leave(12);
            // what is not mounted goes first, and too little
            await().atMost(LONG).untilAsserted(() -> assertThat(small).doesNotExist());

            otherOrigin.gate.release(1000);
            assertThat(pod.get(LONG.toSeconds(), TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(
                            LinkAnswer.Refused.class,
                            refused -> assertThat(refused.code()).isEqualTo(RefusalCode.RESOURCE_EXHAUSTED));
            assertThat(otherOrigin.chunkBytes.get()).isLessThan(other.bytes());

            Files.delete(ballast);
            await().atMost(LONG).until(() -> ask(node, TWO) instanceof LinkAnswer.Ready);
            assertThat(otherOrigin.chunkBytes).as("each byte once").hasValue(other.bytes());
        }
    }

    private FetchingNode start(long atLeastFree) throws IOException {
        FetchSettings settings = new FetchSettings(
                disk.root().resolve("cache"),
                folder.resolve("fetch.sock"),
                folder.resolve("mount.sock"),
                folder.resolve("datasets"),
                folder.resolve("keys"),
                new Quota(new Usage(1L << 30, 100_000), 90, 80),
                new FreeSpaceFloor(atLeastFree),
                false,
                0,
                2,
                1);
        return new FetchingNode(settings, origins);
    }

    private static LinkAnswer ask(FetchingNode node, DatasetId dataset) {
        try {
            return node.ask(volume(dataset), LONG);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static VolumeAttributes volume(DatasetId id) {
        return FetchingNode.volume(id, 1);
    }

    /** Takes so much of the disk that this part of it is left for those who are not root. */
    private Path leave(int percent) throws IOException {
        Path ballast = disk.root().resolve("ballast");
        long take = free().bytes() - total().bytes() / 100 * percent;
        try (RandomAccessFile file = new RandomAccessFile(ballast.toFile(), "rw")) {
            byte[] mebibyte = new byte[1 << 20];
            file.seek(file.length());
            for (long left = take; left > 0; left -= mebibyte.length) {
                file.write(mebibyte, 0, (int) Math.min(left, mebibyte.length));
            }
            file.getFD().sync();
        }
        return ballast;
    }

    private void leaveInodes(int percent) throws IOException {
        Path ballast = Files.createDirectory(disk.root().resolve("files"));
        for (int i = 0; free().inodes() * 100 > total().inodes() * percent; i++) {
            Files.createFile(ballast.resolve(Integer.toString(i)));
        }
    }

    /** As the JDK reads it, for bytes; it says nothing of inodes. */
    private Usage free() throws IOException {
        return new Usage(Files.getFileStore(disk.root()).getUsableSpace(), system().freeFiles());
    }

    private Usage total() throws IOException {
        return new Usage(Files.getFileStore(disk.root()).getTotalSpace(), system().files());
    }

    private FileSystem system() throws IOException {
        try (Fd root = dev.aquifer.node.linux.Files.openRoot(disk.root())) {
            return FileSystem.of(root);
        }
    }
}
