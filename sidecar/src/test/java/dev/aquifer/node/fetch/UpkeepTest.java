package dev.aquifer.node.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aquifer.node.cache.AdmissionRule;
import dev.aquifer.node.cache.CacheFolder;
import dev.aquifer.node.cache.FreeSpaceFloor;
import dev.aquifer.node.cache.Quota;
import dev.aquifer.node.cache.Usage;
import dev.aquifer.node.dataset.DatasetId;
import dev.aquifer.node.link.MountedRoot;
import dev.aquifer.node.linux.NeedsRoot;
import dev.aquifer.node.local.Accounts;
import dev.aquifer.node.local.Dataset;
import dev.aquifer.node.local.DatasetConnection;
import dev.aquifer.node.local.DatasetMountPoints;
import dev.aquifer.node.local.DatasetOrigins;
import dev.aquifer.node.local.Datasets;
import dev.aquifer.node.local.Evictor;
import dev.aquifer.node.local.Fills;
import dev.aquifer.node.local.Ledger;
import dev.aquifer.node.local.LiveDatasets;
import dev.aquifer.node.local.Prefetch;
import dev.aquifer.node.local.Room;
import dev.aquifer.node.local.Takeover;
import dev.aquifer.node.remote.Peer;
import dev.aquifer.node.testing.FakeOrigins;
import dev.aquifer.node.testing.OpenedCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NeedsRoot
final class UpkeepTest {
    private static final Usage PLENTY = new Usage(1L << 40, 1_000_000);

    @TempDir
    Path folder;

    private final CountDownLatch evicting = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    @Test
    void waitsForNoEviction() throws IOException {
        try (OpenedCache opened = OpenedCache.in(folder.resolve("cache"))) {
            Upkeep upkeep = upkeep(opened);
            assertThat(rounds(upkeep)).succeedsWithin(Duration.ofSeconds(10));
            await().until(() -> evicting.getCount() == 0);
            assertThat(rounds(upkeep)).succeedsWithin(Duration.ofSeconds(10));
            goOn.countDown();
        }
    }

    @Test
    void forgetsNoOriginOfADatasetWhoseEntryCannotBeRead() throws IOException {
        goOn.countDown();
        DatasetId id = new DatasetId("1".repeat(32));
        Files.createDirectory(folder.resolve("list"));
        Files.writeString(
                folder.resolve("list/datasets-0.json"),
                "{\"files\": 1, \"datasets\": [{\"id\": \"%s\", \"refreshSeconds\": \"soon\"}]}".formatted(id));
        try (OpenedCache opened = OpenedCache.in(folder.resolve("cache"))) {
            Dataset dataset = opened.datasets().get(id);
            dataset.connect(before -> before.with("owner/volume", new Peer("spiffe://origin", "origin:443"), null));
            DatasetConnection connected = dataset.connection();

            upkeep(opened).run();

            assertThat(dataset.connection()).isEqualTo(connected);
        }
    }

    private static CompletableFuture<Void> rounds(Upkeep upkeep) {
        return CompletableFuture.runAsync(
                () -> {
                    upkeep.run();
                    upkeep.run();
                },
                task -> Thread.ofPlatform().daemon().start(task));
    }

    /** On a disk that can never be free enough. */
    private Upkeep upkeep(OpenedCache opened) {
        CacheFolder cache = opened.cache();
        Datasets datasets = opened.datasets();
        InstantSource clock = InstantSource.system();
        Ledger ledger = new Ledger();
        Accounts accounts = new Accounts(ledger);
        Evictor evictor = new Evictor(datasets, accounts, this::blocked, _ -> {});
        AdmissionRule rule = new AdmissionRule(new Quota(PLENTY, 90, 80), new FreeSpaceFloor(Long.MAX_VALUE));
        Room room = new Room(cache, rule, ledger, evictor);
        LiveDatasets live = new LiveDatasets();
        Fills fills = new Fills(
                live, new DatasetOrigins(new FakeOrigins()), (dataset, root, origin, progress, paused) -> {}, 1, clock);
        return new Upkeep(
                folder.resolve("list"),
                new Takeover(datasets, List::of),
                new Prefetch(folder.resolve("keys"), live, fills, clock),
                live,
                datasets,
                fills,
                new DatasetMountPoints(live, cache.protection()),
                evictor,
                room,
                accounts,
                clock);
    }

    private List<MountedRoot> blocked() {
        evicting.countDown();
        try {
            goOn.await();
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
        return List.of();
    }
}
