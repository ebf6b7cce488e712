package dev.aquifer.node.fill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aquifer.node.cache.CacheFolder;
import dev.aquifer.node.cache.DatasetFolder;
import dev.aquifer.node.cache.Protection;
import dev.aquifer.node.dataset.DatasetId;
import dev.aquifer.node.dataset.Timestamp;
import dev.aquifer.node.dataset.Version;
import dev.aquifer.node.linux.Fd;
import dev.aquifer.node.linux.NeedsRoot;
import dev.aquifer.node.linux.Open;
import dev.aquifer.node.testing.CountedEvents;
import dev.aquifer.node.testing.FakeOrigin;
import dev.aquifer.node.testing.FakeSource;
import dev.aquifer.node.testing.LoopDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files with more names than the file system lets one have: ext4 stops at 65,000. */
@NeedsRoot
final class ManyNamesTest {
    private static final DatasetId ID = new DatasetId("0123456789abcdef0123456789abcdef");
    private static final int MOST_NAMES = 65_000;

    @TempDir
    Path folder;

    private final Protection protection = new Protection(false);
    private LoopDisk disk;

    @BeforeEach
    void mount() throws Exception {
        disk = new LoopDisk(folder, "128M", "-N", "20000");
    }

    @AfterEach
    void unmount() throws Exception {
        disk.close();
    }

    @Test
    void aFileOfAnOlderSnapshotThatCanHaveNoMoreIsCopiedOnTheNode() throws IOException {
        FakeSource source = new FakeSource().random("d/a", 5_000_000).random("b", 1_000);
        fill(source);
        Path full = path(source, "d/a");
        giveAllNames(full);

        FakeSource next = source.copy().file("new", "x");
        assertThat(fill(next)).as("bytes from the origin").isEqualTo(1);

        Path copy = path(next, "d/a");
        assertThat(copy).hasBinaryContent(source.require("d/a").content());
        assertThat(inode(copy)).isNotEqualTo(inode(full));
        assertThat(Files.readAttributes(copy, "unix:mode,uid,gid,lastModifiedTime"))
                .isEqualTo(Files.readAttributes(full, "unix:mode,uid,gid,lastModifiedTime"));
        assertThat(inode(path(next, "b"))).isEqualTo(inode(path(source, "b")));
        assertThatThrownBy(() -> Files.writeString(copy, "x")).hasMessageContaining("not permitted");
    }

    @Test
    void furtherNamesOfAFileOfTheSourceBecomeAFileOfTheirOwn() throws IOException {
        byte[] content = new FakeSource().random("x", 3_000).require("x").content();
        FakeSource.File file = new FakeSource.File(content, FakeSource.FILE, new Version(new Timestamp(1, 1), 7), 7);
        FakeSource source = new FakeSource();
        for (int i = 0; i < MOST_NAMES + 2; i++) {
            source.put("%05d".formatted(i), file);
        }

        fill(source);

        assertThat(Files.getAttribute(path(source, "00000"), "unix:nlink")).isEqualTo(MOST_NAMES - 1);
        for (int i : new int[] {0, MOST_NAMES - 2, MOST_NAMES - 1, MOST_NAMES, MOST_NAMES + 1}) {
            Path name = path(source, "%05d".formatted(i));
            assertThat(name).hasBinaryContent(content);
            assertThatThrownBy(() -> Files.delete(name)).as(name.toString()).hasMessageContaining("not permitted");
            assertThatThrownBy(() -> Files.writeString(name, "x"))
                    .as(name.toString())
                    .hasMessageContaining("not permitted");
        }
    }

    private void giveAllNames(Path file) throws IOException {
        Path names = Files.createDirectory(disk.root().resolve("names"));
        try (Fd fd = dev.aquifer.node.linux.Files.open(file, Open.READ)) {
            protection.lift(fd);
            for (int i = 1; i < MOST_NAMES; i++) {
                Files.createLink(names.resolve(Integer.toString(i)), file);
            }
            protection.set(fd);
        }
    }

    /** Returns how many bytes came from the origin. */
    private long fill(FakeSource source) throws IOException {
        FakeOrigin origin = new FakeOrigin(source);
        try (CacheFolder cache = CacheFolder.open(disk.root().resolve("cache"), protection);
                DatasetFolder dataset = cache.dataset(ID)) {
            new Fill(
                            dataset,
                            protection,
                            origin,
                            new FillOptions(2, 10_000, "boot"),
                            new CountedEvents(new AtomicInteger()),
                            new Progress(System::nanoTime),
                            () -> false)
                    .run(source.root(), _ -> true, new MountPoints(List.of(), protection));
        }
        return origin.chunkBytes.get();
    }

    private Path path(FakeSource source, String file) {
        return disk.root()
                .resolve("cache/datasets/%s/snapshots/%s/%s"
                        .formatted(ID, source.id().hex(), file));
    }

    private static Object inode(Path file) throws IOException {
        return Files.getAttribute(file, "unix:ino");
    }
}
