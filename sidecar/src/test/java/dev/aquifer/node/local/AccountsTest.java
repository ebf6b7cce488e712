package dev.aquifer.node.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.aquifer.node.cache.AdmissionRule;
import dev.aquifer.node.cache.CacheFolder;
import dev.aquifer.node.cache.DatasetFolder;
import dev.aquifer.node.cache.FreeSpaceFloor;
import dev.aquifer.node.cache.Quota;
import dev.aquifer.node.cache.Removed;
import dev.aquifer.node.cache.Usage;
import dev.aquifer.node.dataset.DatasetId;
import dev.aquifer.node.fill.PausedException;
import dev.aquifer.node.linux.LinuxException;
import dev.aquifer.node.linux.NeedsRoot;
import dev.aquifer.node.testing.FakeSource;
import dev.aquifer.node.testing.OpenedCache;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NeedsRoot
final class AccountsTest {
    private static final DatasetId ID = new DatasetId("1".repeat(32));
    private static final Usage PROMISED = new Usage(1L << 40, 1);
    private static final Duration PAUSE = Duration.ofMillis(50);

    @TempDir
    Path folder;

    private final Ledger ledger = new Ledger();
    private final Accounts accounts = new Accounts(ledger);
    private final FakeSource source =
            new FakeSource().random("a", 300_000).file("d/b", "two").hardLinked("one", "other", "of one file");
    private OpenedCache opened;
    private CacheFolder cache;
    private Datasets datasets;
    private Dataset dataset;

    @BeforeEach
    void fill() throws IOException {
        opened = OpenedCache.in(folder.resolve("cache"));
        cache = opened.cache();
        datasets = opened.datasets();
        dataset = datasets.get(ID);
        source.fill(dataset.folder(), cache.protection(), () -> false);
    }

    @AfterEach
    void close() throws IOException {
        opened.close();
    }

    @Test
    void sayWhatDuSays() throws Exception {
        source.copy().random("more", 5_000).fill(dataset.folder(), cache.protection(), () -> false);

        accounts.learn(dataset);

        Path all = folder.resolve("cache/datasets").resolve(ID.value());
        // the note itself comes behind the count
        assertThat(ledger.used(ID).bytes()).isBetween(du(all, "--block-size=1") - 8192, du(all, "--block-size=1"));
        assertThat(ledger.used(ID).inodes()).isBetween(du(all, "--inodes") - 1, du(all, "--inodes"));
        assertThat(dataset.folder().usage().read()).isEqualTo(ledger.used(ID));
    }

    @Test
    void endThePromiseOfAFillOnceItIsCounted() throws IOException {
        accounts.fillBegins(dataset);
        ledger.promise(ID, PROMISED);
        accounts.fillEnded(dataset);

        await().until(() -> ledger.total().bytes() < PROMISED.bytes());
        await().until(() -> dataset.folder().usage().read() != null);
    }

    @Test
    void leaveThePromiseOfTheNextFillAlone() throws IOException {
        for (int i = 0; i < 20; i++) {
            accounts.fillBegins(dataset);
            accounts.fillEnded(dataset);
        }
        accounts.fillBegins(dataset);
        ledger.promise(ID, PROMISED);

        await().during(Duration.ofSeconds(1)).until(() -> ledger.total().bytes() >= PROMISED.bytes());
        assertThat(dataset.folder().usage().read())
                .as("the note, within a fill")
                .isNull();
    }

    @Test
    void countAnewWhatChangedWithinACount() throws IOException {
        CountDownLatch counting = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Accounts slow = new Accounts(ledger, whenAllowed(counting, goOn), PAUSE);
        slow.fillBegins(dataset);
        slow.fillEnded(dataset);
        await().until(() -> counting.getCount() == 0);
        slow.remove(dataset, () -> Removed.NOTHING);
        assertThat(dataset.folder().usage().read())
                .as("the note, before a count")
                .isNull();
        goOn.countDown();

        await().until(() -> dataset.folder().usage().read() != null);
        assertThat(dataset.folder().usage().read()).isEqualTo(ledger.used(ID));
        assertThat(ledger.used(ID).bytes()).isGreaterThan(300_000);
    }

    @Test
    void settleThoughTheOlderSnapshotIsRemovedWithinTheCount() throws IOException {
        accounts.learn(dataset);
        FakeSource many = new FakeSource();
        for (int i = 0; i < 800; i++) {
            many.file("d" + i % 8 + "/" + i, "of no weight");
        }
        many.fill(dataset.folder(), cache.protection(), () -> false);
        accounts.fillBegins(dataset);
        FakeSource newer = source.copy().random("newer", 400_000);
        newer.fill(dataset.folder(), cache.protection(), () -> false);
        ledger.promise(ID, PROMISED);
        accounts.fillEnded(dataset);
        accounts.remove(dataset, () -> {
            dataset.folder().retire(many.id());
            return dataset.folder().clean();
        });

        await().until(() -> dataset.folder().usage().read() != null);
        assertThat(dataset.folder().usage().read()).isEqualTo(ledger.used(ID));
        assertThat(ledger.used(ID).bytes())
                .as("bytes, but for notes that come and go with a snapshot, a small part of either snapshot")
                .isCloseTo(dataset.folder().count().bytes(), within(100_000L));
        assertThat(ledger.total()).isEqualTo(ledger.used(ID));
    }

    @Test
    void countWhereTheNoteCannotBeRead() throws IOException {
        Files.createDirectory(folder.resolve("cache/datasets/" + ID.value() + "/usage"));

        accounts.learn(dataset);

        assertThat(ledger.used(ID).bytes()).isGreaterThanOrEqualTo(source.bytes());
    }

    @Test
    void countNothingBesideARemoval() throws Exception {
        CountDownLatch removing = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Thread removal = Thread.ofPlatform().start(() -> remove(removing, goOn));
        await().until(() -> removing.getCount() == 0);
        accounts.fillBegins(dataset);
        accounts.fillEnded(dataset);

        await().during(Duration.ofMillis(300))
                .until(() -> dataset.folder().usage().read() == null);
        goOn.countDown();
        await().until(() -> dataset.folder().usage().read() != null);
        removal.join();
    }

    @Test
    void countAgainWhereACountHasFailed() throws IOException {
        AtomicInteger counts = new AtomicInteger();
        Accounts troubled = new Accounts(ledger, folder -> failsTwice(folder, counts), PAUSE);
        ledger.promise(ID, PROMISED);

        troubled.learn(dataset);

        await().until(() -> dataset.folder().usage().read() != null);
        assertThat(counts).hasValue(3);
        assertThat(ledger.total().bytes()).isBetween(300_000L, PROMISED.bytes());
    }

    @Test
    void countWhatARemovalThatFailedHasLeft() throws IOException {
        accounts.learn(dataset);
        Accounts eager = new Accounts(ledger, DatasetFolder::count, PAUSE);
        eager.learn(dataset);
        ledger.used(ID, PROMISED);

        assertThatThrownBy(() -> eager.remove(dataset, () -> {
                    openWhatIsNotThere();
                    return Removed.NOTHING;
                }))
                .isInstanceOf(LinuxException.class);

        await().until(() -> ledger.total().bytes() < PROMISED.bytes());
    }

    @Test
    void countAsFreeAtOnceWhatARemovalHasFreedThoughItFailed() throws IOException {
        Accounts slow = new Accounts(ledger, whenAllowed(new CountDownLatch(1), new CountDownLatch(1)), PAUSE);
        accounts.learn(dataset);
        slow.learn(dataset);
        Usage before = ledger.used(ID);
        Usage freed = new Usage(200_000, 2);
        LinuxException failure = catchThrowableOfType(LinuxException.class, this::openWhatIsNotThere);

        slow.remove(dataset, () -> new Removed(freed, failure));

        assertThat(ledger.used(ID)).isEqualTo(before.minus(freed));
        assertThat(dataset.folder().usage().read())
                .as("the note, before a count")
                .isNull();
    }

    @Test
    void keepCountedWhatAFillThatGoesOnHasWritten() throws IOException {
        CountDownLatch never = new CountDownLatch(1);
        accounts.learn(dataset);
        Accounts slow = new Accounts(ledger, whenAllowed(new CountDownLatch(1), never), PAUSE);
        slow.learn(dataset);
        FakeSource large = new FakeSource();
        for (int i = 0; i < 40; i++) {
            large.random("large-" + i, 100_000);
        }
        Usage counted = ledger.used(ID);
        Usage need = new Usage(6_000_000, 200);
        slow.fillBegins(dataset);
        ledger.promise(ID, need);
        assertThatThrownBy(() -> large.fill(dataset.folder(), cache.protection(), () -> holdsMuch(large)))
                .isInstanceOf(PausedException.class);
        slow.fillEnded(dataset);
        Usage before = ledger.total();

        slow.fillBegins(dataset);
        assertThat(ledger.total()).isEqualTo(before);
        Usage left = need.minus(dataset.folder().fillings().held(large.id()));
        FillRoom room = new FillRoom(room(slow), ID, null, false, () -> false);
        assertThat(room.makeForListing(new Usage(1, 1))).isTrue();
        assertThat(ledger.total()).isEqualTo(before);
        assertThat(room.make(left)).isTrue();
        assertThat(ledger.total()).isEqualTo(before);
        assertThat(ledger.total().bytes())
                .isGreaterThanOrEqualTo(counted.bytes()
                        + dataset.folder().fillings().held(large.id()).bytes()
                        + left.bytes());

        large.fill(dataset.folder(), cache.protection(), () -> false);
        slow.allWritten(dataset);
        slow.fillEnded(dataset);
        slow.fillBegins(dataset);
        assertThat(room.makeForListing(new Usage(1, 1))).isTrue();
        assertThat(ledger.total()).isEqualTo(before.plus(new Usage(1, 1)));
        never.countDown();
    }

    private void openWhatIsNotThere() throws LinuxException {
        dataset.folder().tree(source.copy().file("never", "there").id());
    }

    private boolean holdsMuch(FakeSource large) {
        try {
            return dataset.folder().fillings().held(large.id()).bytes() > 1_000_000;
        } catch (LinuxException wrong) {
            throw new UncheckedIOException(wrong);
        }
    }

    private Room room(Accounts kept) {
        Usage plenty = new Usage(1L << 40, 1_000_000);
        AdmissionRule rule = new AdmissionRule(new Quota(plenty, 90, 80), new FreeSpaceFloor(0));
        return new Room(cache, rule, ledger, new Evictor(datasets, kept, List::of, _ -> {}));
    }

    private void remove(CountDownLatch removing, CountDownLatch goOn) {
        try {
            accounts.remove(dataset, () -> {
                removing.countDown();
                awaitUninterruptibly(goOn);
                return Removed.NOTHING;
            });
        } catch (LinuxException wrong) {
            throw new UncheckedIOException(wrong);
        }
    }

    private static FolderCount whenAllowed(CountDownLatch counting, CountDownLatch goOn) {
        return folder -> {
            counting.countDown();
            awaitUninterruptibly(goOn);
            return folder.count();
        };
    }

    private static Usage failsTwice(DatasetFolder folder, AtomicInteger counts) throws IOException {
        if (counts.incrementAndGet() < 3) {
            throw new IOException("the disk gives nothing back");
        }
        return folder.count();
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private static long du(Path path, String unit) throws Exception {
        Process du = new ProcessBuilder("du", "-s", unit, path.toString()).start();
        String text = new String(du.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(du.waitFor()).isZero();
        return Long.parseLong(text.split("\\s", -1)[0]);
    }
}
