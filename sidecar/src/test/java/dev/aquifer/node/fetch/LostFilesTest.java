package dev.aquifer.node.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aquifer.node.cache.Protection;
import dev.aquifer.node.dataset.DatasetId;
import dev.aquifer.node.link.VolumeAttributes;
import dev.aquifer.node.linux.Fd;
import dev.aquifer.node.linux.NeedsRoot;
import dev.aquifer.node.linux.Open;
import dev.aquifer.node.testing.FakeOrigin;
import dev.aquifer.node.testing.FakeOrigins;
import dev.aquifer.node.testing.FakeSource;
import dev.aquifer.node.testing.LoopDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A part of the disk is broken under what is cached. */
@NeedsRoot
final class LostFilesTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final VolumeAttributes VOLUME = FetchingNode.volume(new DatasetId("1".repeat(32)), 1);
    private static final int OTHERS = 10;

    @TempDir
    Path folder;

    private final FakeSource source =
            new FakeSource().file("lost", "x").file("gone/below", "y").file("gone/deep/er", "z");
    private final FakeOrigins origins = new FakeOrigins();
    private LoopDisk disk;

    @BeforeEach
    void mount() throws IOException {
        disk = new LoopDisk(folder, "64M");
        for (int i = 0; i < OTHERS; i++) {
            source.file(other(i), "right");
        }
        origins.origins.put(new DatasetId(VOLUME.dataset()), new FakeOrigin(source));
    }

    @AfterEach
    void unmount() throws IOException {
        disk.close();
    }

    @Test
    void areNamed() throws IOException {
        lose();
        try (FetchingNode node = start(1L << 30)) {
            await().atMost(LONG)
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(damage(node))
                            .contains("lost cannot be read on this node", "gone cannot be read on this node"));
        }
    }

    @Test
    void keepNoOthersFromBeingProtected() throws IOException {
        Path tree = lose();
        try (FetchingNode _ = start(1L << 30)) {
            for (int i = 0; i < OTHERS; i++) {
                Path other = tree.resolve(other(i));
                await().atMost(LONG).until(() -> isProtected(other));
            }
        }
    }

    /** Says where the snapshot is, from which the end of the node has taken all flags away. */
    private Path lose() throws IOException {
        Path tree;
        try (FetchingNode node = start(0)) {
            tree = node.tree(VOLUME);
        }
        disk.lose(tree.resolve("lost"), tree.resolve("gone"));
        return tree;
    }

    private static String other(int i) {
        return "other-" + i;
    }

    private static String damage(FetchingNode node) throws IOException {
        return node.status()
                .getJsonArray("datasets")
                .getJsonObject(0)
                .getJsonArray("snapshots")
                .getJsonObject(0)
                .getString("damaged");
    }

    private static boolean isProtected(Path file) throws IOException {
        try (Fd fd = dev.aquifer.node.linux.Files.open(file, Open.READ)) {
            return new Protection(false).isSet(fd);
        }
    }

    private FetchingNode start(long scrubRate) throws IOException {
        return new FetchingNode(
                TestSettings.settings(folder, disk.root().resolve("cache"), false, scrubRate, 1), origins);
    }
}
