package dev.aquifer.node.fill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aquifer.node.cache.CacheFolder;
import dev.aquifer.node.cache.DatasetFolder;
import dev.aquifer.node.cache.ListingWalk;
import dev.aquifer.node.cache.Protection;
import dev.aquifer.node.dataset.Attributes;
import dev.aquifer.node.dataset.Chunks;
import dev.aquifer.node.dataset.DatasetId;
import dev.aquifer.node.linux.Fd;
import dev.aquifer.node.linux.LinuxException;
import dev.aquifer.node.linux.NeedsRoot;
import dev.aquifer.node.linux.PowerCut;
import dev.aquifer.node.testing.CountedEvents;
import dev.aquifer.node.testing.FakeOrigin;
import dev.aquifer.node.testing.FakeSource;
import dev.aquifer.node.testing.LoopDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The power fails while a snapshot is filled, on a real ext4 that forgets all that it was not told to keep: what is seen
 * afterwards is whole, and what was seen before is there.
 */
@NeedsRoot
final class PowerCutTest {
    private static final DatasetId ID = new DatasetId("0123456789abcdef0123456789abcdef");
    private static final String BEFORE = "boot-1";
    private static final String AFTER = "boot-2";
    /** {@code -Dpower.cuts=100} for a long run. */
    private static final int CUTS = Integer.getInteger("power.cuts", 6);

    @TempDir
    Path folder;

    private final FakeSource source = source();
    private final FakeOrigin origin = new FakeOrigin(source);
    private LoopDisk disk;

    private static FakeSource source() {
        FakeSource source = new FakeSource()
                .random("big/large", Chunks.SIZE * 2 + 17)
                .random("big/exact", Chunks.SIZE)
                .file("empty", "")
                .file("deep/er/and/deeper/still", "down here")
                .link("deep/up", "../empty")
                .directory("nothing/in/it")
                .hardLinked("one", "deep/two", "the same");
        for (int i = 0; i < 60; i++) {
            source.random("many/" + i, 5_000);
        }
        return source;
    }

    @BeforeEach
    void mount() throws Exception {
        disk = new LoopDisk(folder, "96M");
    }

    @AfterEach
    void unmount() throws Exception {
        disk.close();
    }

    @Test
    void whatWasPublishedIsThere() throws Exception {
        fill(BEFORE);
        disk.cutPower(PowerCut.WITHOUT_THE_JOURNAL);
        disk.startAnew();
        assertWhole();

        FakeSource next = source.copy().random("many/more", 3_000);
        origin.serve(next);
        origin.chunkBytes.set(0);
        fill(next, AFTER);
        assertThat(origin.chunkBytes).as("fetched again, beside what is new").hasValue(3_000);
    }

    /** The process was killed after it had written the listing's records, and before they had reached the disk. */
    @Test
    void theListingOfAnEarlierRunIsThereToo() throws Exception {
        try (CacheFolder cache = open();
                DatasetFolder dataset = cache.dataset(ID)) {
            source.list(dataset.records());
        }
        fill(BEFORE);
        disk.cutPower(PowerCut.WITHOUT_THE_JOURNAL);
        disk.startAnew();
        assertWhole();
    }

    /** It is not noted as the newest before it is there to stay. */
    @Test
    void whatWasPublishedIsThereBeforeAnythingIsNotedOfIt() throws Exception {
        try (CacheFolder cache = open();
                DatasetFolder dataset = cache.dataset(ID);
                Fd marks = dev.aquifer.node.linux.Files.openRoot(path("marks"))) {
            cache.protection().set(marks);
            assertThatThrownBy(() -> run(cache, dataset, source, BEFORE))
                    .isInstanceOf(LinuxException.class)
                    .hasMessageContaining("EPERM");
        }
        disk.cutPower(PowerCut.WITHOUT_THE_JOURNAL);
        disk.startAnew();
        assertWhole();
    }

    /** Names reach the disk whenever the kernel likes; bytes must have been there before. */
    @ParameterizedTest
    @EnumSource
    void whatIsSeenIsWholeFromTheFirstMomentOn(PowerCut cut) throws Exception {
        fillUntil(cut, () -> {
            while (!Files.exists(tree())) {
                Thread.onSpinWait();
            }
        });
        if (cut == PowerCut.WITH_THE_JOURNAL) {
            assertThat(tree()).exists();
        }
        assertWholeIfThere();
    }

    @ParameterizedTest
    @MethodSource
    void nothingIsBelievedThatWasLost(Cut cut) throws Exception {
        fillUntil(cut.how(), () -> LockSupport.parkNanos(cut.afterNanos()));
        assertWholeIfThere();
        fill(AFTER);
        assertWhole();
    }

    /** The power fails so long after a fill began. */
    record Cut(PowerCut how, long afterNanos) {}

    static List<Cut> nothingIsBelievedThatWasLost() {
        long seed = System.nanoTime();
        System.out.printf("power cuts: seed %d%n", seed);
        Random random = new Random(seed);
        return random.ints(CUTS, 1, 600)
                .mapToObj(millis -> new Cut(
                        random.nextBoolean() ? PowerCut.WITH_THE_JOURNAL : PowerCut.WITHOUT_THE_JOURNAL,
                        millis * 1_000_000L))
                .toList();
    }

    /** Fills until then, or to the end if that comes first; then the power fails, and comes back. */
    private void fillUntil(PowerCut cut, Runnable then) throws Exception {
        FutureTask<Void> cutting = new FutureTask<>(() -> {
            then.run();
            disk.cutPower(cut);
            return null;
        });
        Thread.ofPlatform().start(cutting);
        try {
            fill(BEFORE);
        } catch (IOException expected) {
            assertThat(expected).hasStackTraceContaining("EIO");
        }
        cutting.get();
        disk.startAnew();
    }

    private void fill(String boot) throws IOException {
        fill(source, boot);
    }

    private void fill(FakeSource from, String boot) throws IOException {
        try (CacheFolder cache = open();
                DatasetFolder dataset = cache.dataset(ID)) {
            if (!dataset.isComplete(from.id())) {
                run(cache, dataset, from, boot);
            }
        }
    }

    private void run(CacheFolder cache, DatasetFolder dataset, FakeSource from, String boot) throws IOException {
        new Fill(
                        dataset,
                        cache.protection(),
                        origin,
                        new FillOptions(3, 1000, boot),
                        new CountedEvents(new AtomicInteger()),
                        new Progress(System::nanoTime),
                        () -> false)
                .run(from.root(), _ -> true, new MountPoints(List.of(), cache.protection()));
    }

    private CacheFolder open() throws IOException {
        return CacheFolder.open(disk.root().resolve("cache"), new Protection(false));
    }

    private Path path(String below) {
        return disk.root().resolve("cache/datasets/" + ID).resolve(below);
    }

    private Path tree() {
        return path("snapshots").resolve(source.id().hex());
    }

    private void assertWholeIfThere() throws IOException {
        if (Files.exists(tree())) {
            assertWhole();
        }
    }

    private void assertWhole() throws IOException {
        assertThat(tree()).isDirectory();
        for (Map.Entry<String, FakeSource.File> each : source.files().entrySet()) {
            Path file = tree().resolve(each.getKey());
            assertThat(file).hasBinaryContent(each.getValue().content());
            assertAttributes(file, each.getValue().attributes());
        }
        for (String directory : List.of("", "deep/er", "nothing/in/it", "many")) {
            assertAttributes(tree().resolve(directory), FakeSource.DIRECTORY);
        }
        assertThat(Files.readSymbolicLink(tree().resolve("deep/up"))).hasToString("../empty");
        assertThat(Files.getAttribute(tree().resolve("one"), "unix:nlink")).isEqualTo(2);
        assertListed();
    }

    private void assertListed() throws IOException {
        try (CacheFolder cache = open();
                DatasetFolder dataset = cache.dataset(ID)) {
            assertThat(dataset.root(source.id())).isEqualTo(source.root());
            FillPlan plan = new FillPlan();
            ListingWalk.over(dataset.records(), source.root(), List.of(), plan);
            assertThat(plan.need().bytes()).isGreaterThan(source.bytes());
        }
    }

    private static void assertAttributes(Path found, Attributes expected) throws IOException {
        assertThat(Files.getPosixFilePermissions(found)).as(found.toString()).isEqualTo(permissions(expected.mode()));
        assertThat(Files.getAttribute(found, "unix:uid")).as(found.toString()).isEqualTo(expected.uid());
        assertThat(Files.getAttribute(found, "unix:gid")).as(found.toString()).isEqualTo(expected.gid());
        assertThat(Files.getLastModifiedTime(found).toInstant())
                .as(found.toString())
                .isEqualTo(Instant.ofEpochSecond(
                        expected.modified().seconds(), expected.modified().nanos()));
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        String all = "rwxrwxrwx";
        StringBuilder text = new StringBuilder();
        for (int bit = 0; bit < all.length(); bit++) {
            text.append((mode & (0400 >> bit)) == 0 ? '-' : all.charAt(bit));
        }
        return PosixFilePermissions.fromString(text.toString());
    }
}
