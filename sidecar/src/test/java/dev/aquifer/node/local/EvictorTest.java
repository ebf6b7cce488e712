package dev.aquifer.node.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.node.cache.CacheFolder;
import dev.aquifer.node.cache.Usage;
import dev.aquifer.node.dataset.DatasetId;
import dev.aquifer.node.dataset.SnapshotId;
import dev.aquifer.node.link.MountedRoot;
import dev.aquifer.node.linux.NeedsRoot;
import dev.aquifer.node.testing.FakeSource;
import dev.aquifer.node.testing.OpenedCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NeedsRoot
final class EvictorTest {
    private static final DatasetId ID = new DatasetId("1".repeat(32));

    @TempDir
    Path folder;

    private final FakeSource source = new FakeSource().random("a", 10_000);
    private final FakeSource newer = source.copy().random("b", 10_000);
    private Runnable whileLooking = () -> {};
    private OpenedCache opened;
    private CacheFolder cache;
    private Datasets datasets;
    private Dataset dataset;
    private Evictor evictor;
    private Usage evicted = Usage.NONE;

    /** One snapshot that nobody uses. */
    @BeforeEach
    void open() throws IOException {
        opened = OpenedCache.in(folder.resolve("cache"));
        cache = opened.cache();
        datasets = opened.datasets();
        dataset = datasets.get(ID);
        source.fill(dataset.folder(), cache.protection(), () -> false);
        dataset.completed(source.id());
        evictor = new Evictor(datasets, new Accounts(new Ledger()), this::look, freed -> evicted = freed);
    }

    @AfterEach
    void close() throws IOException {
        opened.close();
    }

    /** The node's mounts, of which none shows yet. */
    private List<MountedRoot> look() {
        whileLooking.run();
        return List.of();
    }

    @Test
    void keepsWhatSomebodyMountedBehindTheLookAtTheMounts() throws IOException {
        dataset.pins().hold(source.id());
        whileLooking = () -> dataset.pins().release(source.id());

        assertThat(evictor.evictOne()).isFalse();
        assertThat(snapshots()).containsExactly(source.id());

        whileLooking = () -> {};
        assertThat(evictor.evictOne()).isTrue();
        assertThat(snapshots()).isEmpty();
    }

    @Test
    void takesNoneForOldThatNewPodsGetSinceTheLookAtTheMounts() throws IOException {
        newer.fill(dataset.folder(), cache.protection(), () -> false);
        whileLooking = () -> dataset.completed(newer.id());

        evictor.removeOld(dataset);

        assertThat(snapshots()).containsExactly(newer.id());
        assertThat(dataset.current()).isEqualTo(newer.id());
    }

    @Test
    void isKeptFromNoDatasetByStrangeNamesInAnother() throws IOException {
        Dataset other = datasets.get(new DatasetId("2".repeat(32)));
        Files.createDirectory(folder.resolve("cache/datasets/" + other.id() + "/snapshots/strange"));
        Files.createDirectory(folder.resolve("cache/datasets/" + other.id() + "/filling/strange"));

        assertThat(evictor.evictOne()).isTrue();
        assertThat(snapshots()).isEmpty();
    }

    @Test
    void isKeptFromNoDatasetByTheEndOfAnother() throws IOException {
        Dataset other = datasets.get(new DatasetId("2".repeat(32)));
        source.fill(other.folder(), cache.protection(), () -> false);
        whileLooking = () -> other.folder().close();

        assertThat(evictor.evictOne()).isTrue();
        assertThat(snapshots()).isEmpty();
    }

    @Test
    void isContentWithWhatIsGoneOfASnapshotThatCannotGoWhole() throws Exception {
        Dataset other = datasets.get(new DatasetId("2".repeat(32)));
        FakeSource stuck = source.copy().file("d/b", "two");
        stuck.fill(other.folder(), cache.protection(), () -> false);
        other.folder().notes().mark(stuck.id());
        Path grows = folder.resolve("cache/datasets/" + other.id() + "/snapshots/" + stuck.id() + "/d");
        chattr("-i", grows);
        chattr("+a", grows);
        dataset.folder().notes().mark(source.id());

        assertThat(evictor.evictOne()).isTrue();
        assertThat(evicted.bytes()).isGreaterThanOrEqualTo(10_000);
        assertThat(other.folder().snapshots()).isEmpty();
        assertThat(snapshots()).containsExactly(source.id());
        chattr("-a", folder.resolve("cache/datasets/" + other.id() + "/removing"));
    }

    private static void chattr(String flag, Path path) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("chattr", "-R", flag, path.toString())
                        .start()
                        .waitFor())
                .isZero();
    }

    private List<SnapshotId> snapshots() throws IOException {
        return dataset.folder().snapshots();
    }
}
