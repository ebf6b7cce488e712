package dev.aquifer.node.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.node.cache.CacheFolder;
import dev.aquifer.node.cache.Protection;
import dev.aquifer.node.cache.Usage;
import dev.aquifer.node.dataset.DatasetId;
import dev.aquifer.node.linux.NeedsRoot;
import dev.aquifer.node.local.Accounts;
import dev.aquifer.node.local.Dataset;
import dev.aquifer.node.local.DatasetMountPoints;
import dev.aquifer.node.local.Datasets;
import dev.aquifer.node.local.Evictor;
import dev.aquifer.node.local.Ledger;
import dev.aquifer.node.local.LiveDatasets;
import dev.aquifer.node.status.StatusPage;
import dev.aquifer.node.testing.FakeSource;
import dev.aquifer.node.testing.ScratchCache;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A dataset one of whose directories cannot be read is no other's trouble. */
@NeedsRoot
final class UnreadableDatasetTest {
    private static final DatasetId BAD = new DatasetId("1".repeat(32));
    private static final DatasetId GOOD = new DatasetId("2".repeat(32));

    @TempDir
    Path folder;

    private final Ledger ledger = new Ledger();
    private final FakeSource source = new FakeSource().file("a", "one");
    private Instant clock = Instant.parse("2026-01-02T03:04:05Z");
    private CacheFolder cache;
    private Datasets datasets;
    private DatasetMountPoints mountPoints;
    private Evictor evictor;

    @BeforeEach
    void fill() throws IOException {
        cache = CacheFolder.open(folder.resolve("cache"), new Protection(false));
        datasets = new Datasets(cache, () -> clock);
        mountPoints = new DatasetMountPoints(new LiveDatasets(), cache.protection());
        evictor = new Evictor(datasets, new Accounts(ledger), List::of, _ -> {});
        for (DatasetId id : List.of(BAD, GOOD)) {
            Dataset dataset = datasets.get(id);
            source.fill(dataset.folder(), cache.protection(), () -> false);
        }
        clock = clock.plus(Duration.ofHours(1));
    }

    @AfterEach
    void close() throws IOException {
        datasets.close();
        cache.close();
        ScratchCache.unlock(folder);
    }

    @Test
    void keepsNoOtherFromBeingLetGo() throws IOException {
        spoil("filling");
        spoil("removing");
        assertThat(evictor.evictOne()).isTrue();
        assertThat(datasets.get(GOOD).folder().snapshots()).isEmpty();
        assertThat(datasets.get(BAD).folder().snapshots()).hasSize(1);
        assertThat(evictor.evictOne()).isFalse();
    }

    @Test
    void hidesNoOtherInTheReport() throws IOException {
        spoil("snapshots");
        DatasetReport bad = DatasetReport.of(datasets.get(BAD), mountPoints, ledger);
        assertThat(bad.damaged()).contains("cannot be read", "ENOTDIR");
        assertThat(bad.isTroubled()).isTrue();
        assertThat(DatasetReport.of(datasets.get(GOOD), mountPoints, ledger).damaged())
                .isNull();
    }

    @Test
    void hidesNoOtherInTheStatus() throws IOException {
        spoil("snapshots");
        JsonObject status = new StatusReport(datasets, mountPoints, ledger, new Usage(1 << 30, 1_000), List::of).make();
        assertThat(String.join("\n", StatusPage.of(status)))
                .contains(source.id().hex().substring(0, 12))
                .contains(BAD + ": its folder in the cache cannot be read: ");
    }

    private void spoil(String name) throws IOException {
        Path directory = folder.resolve("cache/datasets/" + BAD + "/" + name);
        Files.move(directory, folder.resolve("away-" + name));
        Files.createFile(directory);
    }
}
