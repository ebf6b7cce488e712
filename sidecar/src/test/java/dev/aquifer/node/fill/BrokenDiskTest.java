package dev.aquifer.node.fill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.node.cache.CacheFolder;
import dev.aquifer.node.cache.DatasetFolder;
import dev.aquifer.node.cache.Protection;
import dev.aquifer.node.dataset.DatasetId;
import dev.aquifer.node.linux.NeedsRoot;
import dev.aquifer.node.testing.FakeSource;
import dev.aquifer.node.testing.LoopDisk;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A part of the disk is broken: what an older snapshot had there is fetched again. */
@NeedsRoot
final class BrokenDiskTest {
    private static final DatasetId ID = new DatasetId("0123456789abcdef0123456789abcdef");

    @TempDir
    Path folder;

    private final FakeSource source = new FakeSource()
            .random("a", 5_000_000)
            .random("b", 1_000)
            .file("d/c", "below")
            .file("e", "right");
    private LoopDisk disk;

    @BeforeEach
    void mount() throws IOException {
        disk = new LoopDisk(folder, "128M");
    }

    @AfterEach
    void unmount() throws IOException {
        disk.close();
    }

    @Test
    void keepsNoNewerSnapshotFromBeingFilled() throws IOException {
        fill(source);
        byte[] content = source.require("a").content().clone();
        content[0] ^= 1;
        FakeSource next = source.copy().file("a", content).file("new", "x");
        disk.lose(
                snapshot(source).resolve("a"),
                snapshot(source).resolve("b"),
                snapshot(source).resolve("d"));

        fill(next);

        for (String file : next.files().keySet()) {
            assertThat(snapshot(next).resolve(file))
                    .hasBinaryContent(next.require(file).content());
        }
    }

    @Test
    void hasRecordsOfTheListingFetchedAgain() throws IOException {
        fill(source);
        String root = source.id().hex();
        disk.lose(disk.root()
                .resolve("cache/datasets/%s/records/%s/%s".formatted(ID, root.substring(0, 2), root.substring(2))));
        FakeSource next = source.copy().file("e", "RIGHT");

        fill(next);

        assertThat(snapshot(next).resolve("e")).hasContent("RIGHT");
    }

    private Path snapshot(FakeSource of) {
        return disk.root()
                .resolve("cache/datasets/%s/snapshots/%s".formatted(ID, of.id().hex()));
    }

    private void fill(FakeSource of) throws IOException {
        Protection protection = new Protection(false);
        try (CacheFolder cache = CacheFolder.open(disk.root().resolve("cache"), protection);
                DatasetFolder dataset = cache.dataset(ID)) {
            of.fill(dataset, protection, () -> false);
        }
    }
}
