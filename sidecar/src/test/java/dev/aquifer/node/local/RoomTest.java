package dev.aquifer.node.local;

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
import dev.aquifer.node.testing.FakeSource;
import dev.aquifer.node.testing.OpenedCache;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NeedsRoot
final class RoomTest {
    private static final List<DatasetId> THERE = List.of(new DatasetId("1".repeat(32)), new DatasetId("2".repeat(32)));
    private static final DatasetId LARGE = new DatasetId("3".repeat(32));
    private static final DatasetId SMALL = new DatasetId("4".repeat(32));
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    private final Ledger ledger = new Ledger();
    private final Accounts accounts = new Accounts(ledger);
    private final CountDownLatch looking = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private volatile Runnable evicted = () -> {};
    private OpenedCache opened;
    private CacheFolder cache;
    private Datasets datasets;
    private Room room;

    /** Two snapshots that nobody uses, in a cache that may have 100 bytes, and gets down from 90 to 80. */
    @BeforeEach
    void fill() throws IOException {
        opened = OpenedCache.in(folder.resolve("cache"));
        cache = opened.cache();
        datasets = opened.datasets();
        for (DatasetId id : THERE) {
            Dataset there = datasets.get(id);
            new FakeSource().random("a", 10_000).fill(there.folder(), cache.protection(), () -> false);
            ledger.used(id, new Usage(40, 1));
        }
        AdmissionRule rule = new AdmissionRule(new Quota(new Usage(100, 100), 90, 80), new FreeSpaceFloor(0));
        room = new Room(cache, rule, ledger, new Evictor(datasets, accounts, this::slowly, _ -> evicted.run()));
    }

    @AfterEach
    void close() throws IOException {
        opened.close();
    }

    @Test
    void isGivenWhileSomethingIsRemovedForAnother() throws Exception {
        CompletableFuture<Boolean> large = make(LARGE, new Usage(70, 1));
        looking.await();

        assertThat(make(SMALL, new Usage(5, 1))).succeedsWithin(PATIENCE).isEqualTo(true);
        assertThat(large).isNotDone();

        goOn.countDown();
        assertThat(large).succeedsWithin(PATIENCE).isEqualTo(true);
        assertThat(snapshots()).isZero();
        assertThat(ledger.promised(LARGE)).isEqualTo(new Usage(70, 1));
        assertThat(ledger.promised(SMALL)).isEqualTo(new Usage(5, 1));
    }

    @Test
    void isMadeForNobodyWhoDoesNotFitAnyMore() {
        goOn.countDown();
        evicted = () -> assertThat(make(SMALL, new Usage(35, 1)))
                .succeedsWithin(PATIENCE)
                .isEqualTo(true);

        assertThat(make(LARGE, new Usage(70, 1)))
                .failsWithin(PATIENCE)
                .withThrowableOfType(ExecutionException.class)
                .withMessageContaining("there is no room");
        assertThat(snapshots()).isEqualTo(1);
    }

    @Test
    void isMadeOnceForTwoWhoFitBesideEachOther() throws Exception {
        CompletableFuture<Boolean> one = make(LARGE, new Usage(35, 1));
        looking.await();
        CompletableFuture<Boolean> two = make(SMALL, new Usage(12, 1));
        await().until(() -> threads.get(1).getState() == Thread.State.BLOCKED);

        goOn.countDown();
        assertThat(one).succeedsWithin(PATIENCE).isEqualTo(true);
        assertThat(two).succeedsWithin(PATIENCE).isEqualTo(true);
        assertThat(snapshots()).isEqualTo(1);
    }

    private int snapshots() {
        int count = 0;
        for (DatasetId id : THERE) {
            try {
                count += datasets.require(id).folder().snapshots().size();
            } catch (IOException wrong) {
                throw new UncheckedIOException(wrong);
            }
        }
        return count;
    }

    private CompletableFuture<Boolean> make(DatasetId dataset, Usage need) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return room.make(dataset, need, null, true);
                    } catch (IOException wrong) {
                        throw new UncheckedIOException(wrong);
                    }
                },
                task -> threads.add(Thread.ofPlatform().daemon().start(task)));
    }

    /** The node's mounts, of which there are none, looked at before each removal. */
    private List<MountedRoot> slowly() throws IOException {
        looking.countDown();
        try {
            goOn.await();
        } catch (InterruptedException end) {
            throw new IOException(end);
        }
        return List.of();
    }
}
