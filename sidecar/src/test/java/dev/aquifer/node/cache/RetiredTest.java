package dev.aquifer.node.cache;

import static org.assertj.core.api.Assertions.assertThat;

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

/** A snapshot that was retired has a directory of which nothing can be removed: the kernel lets it only grow. */
@NeedsRoot
final class RetiredTest {
    @TempDir
    Path folder;

    private final FakeSource source =
            new FakeSource().file("a", "one").file("d/b", "two").file("e/c", "three");
    private final FakeSource other = source.copy().random("f", 100_000);
    private LoopDisk disk;
    private CacheFolder cache;
    private DatasetFolder dataset;
    private Path stuck;
    private String away;

    @BeforeEach
    void retire() throws Exception {
        disk = new LoopDisk(folder, "64M");
        cache = CacheFolder.open(disk.root().resolve("cache"), new Protection(false));
        dataset = cache.dataset(new DatasetId("1".repeat(32)));
        source.fill(dataset, cache.protection(), () -> false);
        away = dataset.retire(source.id());
        stuck = disk.root().resolve("cache/datasets/" + dataset.id() + "/removing/" + away + "/d");
        only("+a");
    }

    @AfterEach
    void close() throws Exception {
        dataset.close();
        cache.close();
        disk.close();
    }

    private void only(String flag) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("chattr", "-i", stuck.toString()).start().waitFor())
                .isZero();
        assertThat(new ProcessBuilder("chattr", flag, stuck.toString()).start().waitFor())
                .isZero();
    }

    @Test
    void keepsNothingElseFromBeingRemoved() throws Exception {
        Usage before = dataset.count();
        Removed removed = dataset.clean(away);
        assertThat(removed.failure()).isNotNull();
        assertThat(dataset.count().plus(removed.freed())).isEqualTo(before);
        assertThat(removed.freed().inodes()).isPositive();
        assertThat(stuck.resolveSibling("a")).doesNotExist();
        assertThat(stuck.resolveSibling("e")).doesNotExist();
        assertThat(stuck.resolve("b")).exists();

        only("-a");
        assertThat(dataset.clean().orThrow().inodes()).isPositive();
        assertThat(stuck.getParent()).doesNotExist();
    }

    @Test
    void keepsNoOtherSnapshotFromBeingRemoved() throws Exception {
        other.fill(dataset, cache.protection(), () -> false);

        assertThat(dataset.clean(dataset.retire(other.id())).orThrow().bytes()).isGreaterThan(100_000);
        assertThat(dataset.snapshots()).isEmpty();
        only("-a");
    }

    @Test
    void mayComeAgainAndGoAgain() throws Exception {
        source.fill(dataset, cache.protection(), () -> false);

        assertThat(dataset.clean(dataset.retire(source.id())).orThrow().inodes())
                .isPositive();
        assertThat(dataset.snapshots()).isEmpty();
        only("-a");
    }
}
