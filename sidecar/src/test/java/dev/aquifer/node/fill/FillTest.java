package dev.aquifer.node.fill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aquifer.node.cache.CacheFolder;
import dev.aquifer.node.cache.DatasetFolder;
import dev.aquifer.node.cache.DigestFile;
import dev.aquifer.node.cache.Protection;
import dev.aquifer.node.cache.Usage;
import dev.aquifer.node.dataset.Attributes;
import dev.aquifer.node.dataset.Chunks;
import dev.aquifer.node.dataset.DatasetId;
import dev.aquifer.node.dataset.DatasetPath;
import dev.aquifer.node.dataset.Timestamp;
import dev.aquifer.node.dataset.Version;
import dev.aquifer.node.linux.LinuxException;
import dev.aquifer.node.linux.NeedsRoot;
import dev.aquifer.node.remote.ConnectionLostException;
import dev.aquifer.node.remote.OriginException;
import dev.aquifer.node.testing.CountedEvents;
import dev.aquifer.node.testing.FakeOrigin;
import dev.aquifer.node.testing.FakeSource;
import dev.aquifer.node.testing.ScratchCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NeedsRoot
final class FillTest {
    private static final DatasetId ID = new DatasetId("0123456789abcdef0123456789abcdef");
    private static final int CHUNK = 4 << 20;

    @TempDir
    Path folder;

    private final FakeSource source = new FakeSource()
            .file("readme", "hello")
            .file("empty", "")
            .random("big/large", CHUNK * 2 + 17)
            .random("big/exact", CHUNK)
            .file("deep/er/and/deeper/still", "down here")
            .link("deep/up", "../readme")
            .link("dangling", "/nowhere")
            .directory("nothing/in/it")
            .hardLinked("one", "deep/two", "the same");
    private final FakeOrigin origin = new FakeOrigin(source);
    private final AtomicInteger wrong = new AtomicInteger();
    private CacheFolder cache;
    private DatasetFolder dataset;
    private final List<Usage> promised = new ArrayList<>();
    private BooleanSupplier paused = () -> false;
    private String boot = "boot-1";

    @BeforeEach
    void open() throws IOException {
        cache = CacheFolder.open(folder.resolve("cache"), new Protection(false));
        dataset = cache.dataset(ID);
    }

    @AfterEach
    void close() throws IOException {
        dataset.close();
        cache.close();
        ScratchCache.unlock(folder);
    }

    @Nested
    class AWholeFill {
        @Test
        void presentsTheSourceAsItIs() throws IOException {
            fill(source);
            assertSame(source);
            Path tree = tree(source);
            assertThat(Files.readSymbolicLink(tree.resolve("deep/up"))).hasToString("../readme");
            assertThat(Files.readSymbolicLink(tree.resolve("dangling"))).hasToString("/nowhere");
            assertThat(tree.resolve("nothing/in/it")).isEmptyDirectory();
        }

        @Test
        void givesFilesAndDirectoriesTheirOwnersModesAndTimes() throws IOException {
            fill(source);
            for (String file : List.of("readme", "empty", "big/large", "one")) {
                assertAttributes(file, 0640, 1001, 1002, Instant.ofEpochSecond(1_500_000_000, 123_456_789));
            }
            for (String directory : List.of("", "deep/er", "nothing")) {
                assertAttributes(directory, 0755, 1000, 1000, Instant.ofEpochSecond(1_600_000_000, 7));
            }
        }

        @Test
        void keepsTheNamesOfOneFileTogether() throws IOException {
            fill(source);
            assertThat(key(tree(source).resolve("one")))
                    .isEqualTo(key(tree(source).resolve("deep/two")));
            assertThat(Files.getAttribute(tree(source).resolve("one"), "unix:nlink"))
                    .isEqualTo(2);
        }

        @Test
        void fetchesEachByteOnceAndLeavesNothingBehind() throws IOException {
            fill(source);
            // one name of the two is fetched
            assertThat(origin.chunkBytes).hasValue(source.bytes() - "the same".length());
            assertThat(folder.resolve("cache/datasets/" + ID + "/filling")).isEmptyDirectory();
        }

        @Test
        void lastsAgainstRoot() throws IOException {
            fill(source);
            Path tree = tree(source);
            assertThatThrownBy(() -> Files.writeString(tree.resolve("readme"), "x"))
                    .isInstanceOf(IOException.class);
            assertThatThrownBy(() -> Files.delete(tree.resolve("one"))).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> Files.createFile(tree.resolve("new"))).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> Files.createFile(tree.resolve("deep/er/new")))
                    .isInstanceOf(IOException.class);
        }

        @Test
        void hasDirectoriesToMountOn() throws IOException {
            List<DatasetPath> inTheWay = fill(source, "results", "deep/a/b", "readme", "deep/up/x");
            assertThat(tree(source).resolve("results")).isEmptyDirectory();
            assertThat(tree(source).resolve("deep/a/b")).isEmptyDirectory();
            assertAttributes("deep", 0755, 1000, 1000, Instant.ofEpochSecond(1_600_000_000, 7));
            assertThat(inTheWay).extracting(DatasetPath::toString).containsExactly("readme", "deep/up/x");
        }
    }

    @Nested
    class AnInterruptedFill {
        @Test
        void goesOnWhereItEnded() throws IOException {
            long all = source.bytes() - "the same".length();
            AtomicInteger checks = new AtomicInteger();
            paused = () -> origin.chunkBytes.get() > CHUNK && checks.incrementAndGet() > 0;
            assertThatThrownBy(() -> fill(source)).isInstanceOf(PausedException.class);
            long before = origin.chunkBytes.get();
            assertThat(before).isPositive();
            paused = () -> false;
            fill(source);
            assertThat(origin.chunkBytes).hasValue(all);
            assertSame(source);
        }

        @Test
        void goesOnWithAFileThatHasSeveralNames() throws IOException {
            byte[] content =
                    new FakeSource().random("x", CHUNK * 6).require("x").content();
            FakeSource.File file =
                    new FakeSource.File(content, FakeSource.FILE, new Version(new Timestamp(1, 1), 7), 7);
            FakeSource linked = new FakeSource().put("a", file).put("d/b", file);
            origin.untilBreak.set(CHUNK * 2L);
            assertThatThrownBy(() -> fill(linked)).isInstanceOf(ConnectionLostException.class);
            origin.untilBreak.set(Long.MAX_VALUE);
            origin.chunkBytes.set(0);
            fill(linked);
            assertSame(linked);
            assertThat(key(tree(linked).resolve("a")))
                    .isEqualTo(key(tree(linked).resolve("d/b")));
            assertThat(origin.chunkBytes).as("without what was there").hasValue(CHUNK * 4L);
        }

        @Test
        void survivesConnectionsThatBreak() throws IOException {
            for (int i = 0; i < 200; i++) {
                source.random("many/" + i, 1000);
            }
            origin.untilBreak.set(50_000);
            Thread mender = Thread.ofVirtual().start(() -> {
                while (!Thread.currentThread().isInterrupted()) {
                    if (origin.untilBreak.get() < 0) {
                        origin.untilBreak.set(5L << 20);
                    }
                    Thread.onSpinWait();
                }
            });
            try {
                fill(source);
            } finally {
                mender.interrupt();
            }
            assertSame(source);
        }

        @Test
        void readsWhatItWroteAgainAfterARestartOfTheMachine() throws IOException {
            beginToFill();
            loseWhatWasBegun();
            boot = "boot-2";
            fill(source);
            assertSame(source);
        }

        @Test
        void believesNothingOfAFileThatDidNotReachTheDisk() throws Exception {
            beginToFill();
            Path whole = begun(source).resolve("exact");
            cannotReachTheDisk(whole);
            assertThatThrownBy(() -> fill(source))
                    .isInstanceOf(LinuxException.class)
                    .hasMessageContaining("fdatasync");
            Files.delete(whole);
            fill(source);
            assertSame(source);
        }

        @Test
        void believesNothingOfSuchAFileThatAnEarlierFillLeft() throws Exception {
            beginToFill();
            Path whole = begun(source).resolve("exact");
            cannotReachTheDisk(whole);
            FakeSource next = source.copy().file("zzz", "appended");
            assertThatThrownBy(() -> fill(next))
                    .isInstanceOf(LinuxException.class)
                    .hasMessageContaining("fdatasync");
            Files.delete(whole);
            Files.write(whole, new byte[CHUNK]);
            Files.delete(begun(next).resolve("exact"));
            // the device has told it that nothing can be protected here
            close();
            open();
            fill(next);
            assertSame(next);
        }

        /** Of all that can be opened, it is devices that are refused. */
        private static void cannotReachTheDisk(Path file) throws Exception {
            ScratchCache.unlock(file.resolveSibling("."));
            Files.delete(file);
            assertThat(new ProcessBuilder("mknod", file.toString(), "c", "1", "3")
                            .start()
                            .waitFor())
                    .isZero();
        }

        @Test
        void believesNoDigestsWhoseFilesWereRemoved() throws IOException {
            fill(source);
            Path digests = folder.resolve("cache/datasets/" + ID + "/digests/" + source.id());
            byte[] kept = Files.readAllBytes(digests);
            dataset.retire(source.id());
            dataset.clean().orThrow();
            // as a crash within the removal leaves them
            Files.write(digests, kept);
            fill(source);
            assertSame(source);
        }
    }

    @Nested
    class ANewerSnapshot {
        @Test
        void sharesWhatIsTheSameAndFetchesTheRest() throws IOException {
            fill(source);
            origin.chunkBytes.set(0);
            origin.records.set(0);
            FakeSource next = source.copy()
                    .file("readme", "HELLO")
                    .file("deep/new", "new")
                    .remove("empty");
            fill(next);
            assertThat(origin.chunkBytes).hasValue(8);
            assertThat(origin.records).as("of the root and of deep").hasValue(2);
            assertSame(next);
            assertSame(source);
            assertThat(key(tree(next).resolve("big/large")))
                    .isEqualTo(key(tree(source).resolve("big/large")));
            assertThat(key(tree(next).resolve("readme")))
                    .isNotEqualTo(key(tree(source).resolve("readme")));
        }

        @Test
        void takesUnchangedChunksFromTheOlderFile() throws IOException {
            fill(source);
            origin.chunkBytes.set(0);
            byte[] content = source.require("big/large").content().clone();
            content[CHUNK] ^= 1;
            FakeSource next = source.copy().file("big/large", content);
            fill(next);
            assertThat(origin.chunkBytes).hasValue(CHUNK);
            assertSame(next);
        }

        @Test
        void isFetchedWhereTheOlderFileIsLost() throws IOException {
            fill(source);
            byte[] content = source.require("big/large").content().clone();
            content[CHUNK] ^= 1;
            ScratchCache.unlock(tree(source).resolve("big"));
            Files.delete(tree(source).resolve("big/large"));
            FakeSource next = source.copy().file("big/large", content);
            fill(next);
            assertSame(next);
        }

        /** Its other names have no digests of their own, and nobody could ever check them. */
        @Test
        void fetchesAFileAgainWhoseFirstNameIsNoLongerListed() throws IOException {
            source.put("deep/zwei", source.require("one"));
            fill(source);
            origin.chunkBytes.set(0);
            FakeSource next = source.copy().remove("one");
            fill(next);
            assertSame(next);
            assertThat(origin.chunkBytes).hasValue("the same".length());
            assertThat(key(tree(next).resolve("deep/zwei")))
                    .isEqualTo(key(tree(next).resolve("deep/two")));
            assertThat(checkable(next)).as("all but the second name").isEqualTo(chunks(next) - 1);

            origin.chunkBytes.set(0);
            FakeSource after = next.copy().file("deep/new", "new");
            fill(after);
            assertThat(origin.chunkBytes).hasValue("new".length());
            assertThat(checkable(after)).isEqualTo(chunks(after) - 1);
            assertThatThrownBy(() -> Files.delete(tree(after).resolve("deep/two")))
                    .hasMessageContaining("not permitted");
        }

        private long checkable(FakeSource of) throws IOException {
            try (DigestFile digests = dataset.digests(of.id())) {
                return digests.present(0, chunks(of));
            }
        }

        private static long chunks(FakeSource of) {
            return of.files().values().stream()
                    .mapToLong(file -> Chunks.count(file.content().length))
                    .sum();
        }

        @ParameterizedTest
        @ValueSource(strings = {"mode", "uid", "gid", "modified"})
        void makesANewFileWhereOnlyOneAttributeDiffers(String which) throws IOException {
            fill(source);
            origin.chunkBytes.set(0);
            FakeSource.File old = source.require("big/exact");
            Attributes are = old.attributes();
            Attributes next = new Attributes(
                    which.equals("mode") ? 0600 : are.mode(),
                    which.equals("uid") ? 7 : are.uid(),
                    which.equals("gid") ? 8 : are.gid(),
                    which.equals("modified") ? new Timestamp(1_400_000_000, 9) : are.modified());
            FakeSource other =
                    source.copy().put("big/exact", new FakeSource.File(old.content(), next, old.version(), 0));
            fill(other);
            assertThat(origin.chunkBytes).hasValue(0);
            assertSame(other);
            assertSame(source);
            Instant modified = Instant.ofEpochSecond(
                    next.modified().seconds(), next.modified().nanos());
            assertAttributes(tree(other).resolve("big/exact"), next.mode(), next.uid(), next.gid(), modified);
            assertThat(key(tree(other).resolve("big/exact")))
                    .isNotEqualTo(key(tree(source).resolve("big/exact")));
        }

        @Test
        void keepsWhatWasVerifiedForOneThatNeverBecameComplete() throws IOException {
            beginToFill();
            FakeSource next = source.copy().file("zzz", "appended");
            origin.moveTo(next);
            fill(next);
            assertThat(origin.chunkBytes).hasValue(next.bytes() - "the same".length());
            assertSame(next);
        }

        @Test
        void takesNothingUnreadFromOneThatWasBegunBeforeARestartOfTheMachine() throws IOException {
            beginToFill();
            loseWhatWasBegun();
            boot = "boot-2";
            FakeSource next = source.copy().file("zzz", "appended");
            fill(next);
            assertSame(next);
        }

        @Test
        void takesOnlyChunksThatAreRightFromADamagedOne() throws IOException {
            fill(source);
            Path rotten = tree(source).resolve("big/large");
            ScratchCache.unlock(rotten);
            Files.write(rotten, new byte[(int) Files.size(rotten)]);
            dataset.notes().damage(source.id(), "big/large has rotted");
            origin.chunkBytes.set(0);
            FakeSource next = source.copy().file("zzz", "appended");
            fill(next);
            assertSame(next);
            assertThat(origin.chunkBytes)
                    .hasValue("appended".length() + source.require("big/large").content().length);
        }

        @Test
        void finishesTheFilesOfOneThatWasKilled() throws IOException {
            beginToFill();
            Path whole = begun().resolve("exact");
            ScratchCache.unlock(begun());
            Files.setAttribute(whole, "unix:uid", 0);
            Files.setPosixFilePermissions(whole, PosixFilePermissions.fromString("rw-------"));
            Files.setLastModifiedTime(whole, FileTime.from(Instant.EPOCH));
            FakeSource next = source.copy().file("zzz", "appended");
            fill(next);
            Path shown = tree(next).resolve("big/exact");
            assertAttributes(shown, 0640, 1001, 1002, Instant.ofEpochSecond(1_500_000_000, 123_456_789));
            assertThatThrownBy(() -> Files.writeString(shown, "x")).isInstanceOf(IOException.class);
        }

        @Test
        void comesAfterAFileThatTheOriginCannotRead() {
            origin.unreadable.add("readme");
            assertThatThrownBy(() -> fill(source))
                    .isInstanceOf(SourceChangedException.class)
                    .hasMessageContaining("cannot read the file readme");
        }

        @Test
        void comesAfterAChangeInTheMiddle() throws IOException {
            origin.moveTo(source.copy().file("big/exact", "other"));
            assertThatThrownBy(() -> fill(source))
                    .isInstanceOf(SourceChangedException.class)
                    .hasMessageContaining("big/exact");
            assertThat(dataset.snapshots()).isEmpty();
        }
    }

    @Nested
    class WhatAFillWrites {
        private static final long SOME_BLOCKS = 32 << 10;

        private final FakeSource.File file = several("large", 2_000_000);

        @Test
        void wasPromisedThoughAFileOfAnOlderSnapshotHasGotMoreNames() throws IOException {
            source.put("a", file);
            fill(source);
            assertPromised(source.copy().put("b", file).put("deep/c", file));
        }

        @Test
        void wasPromisedThoughTheFirstOfSeveralNamesIsNoLongerListed() throws IOException {
            source.put("a", file).put("b", file).put("deep/c", file);
            fill(source);
            assertPromised(source.copy().remove("a"));
        }

        @Test
        void isNoMoreThanOneFileOfSeveralNames() throws IOException {
            FakeSource.File other = several("other", 1_000_000);
            source.put("a", file).put("b", file);
            fill(source);
            FakeSource next = source.copy().put("deep/x", other).put("deep/y", other);
            assertPromised(next);
            assertThat(promised.getLast().bytes()).isLessThan(1_500_000);
        }

        private FakeSource.File several(String name, int size) {
            byte[] content = new FakeSource().random(name, size).require(name).content();
            return new FakeSource.File(content, FakeSource.FILE, new Version(new Timestamp(size, 1), size), size);
        }

        private void assertPromised(FakeSource next) throws IOException {
            long before = dataset.count().bytes();
            fill(next);
            assertSame(next);
            assertThat(dataset.count().bytes() - before)
                    .isLessThan(promised.getLast().bytes() + SOME_BLOCKS);
        }
    }

    @Nested
    class AnOriginThatLies {
        @Test
        void isAskedOnceMoreForBytesThatDoNotFitTheirDigest() throws IOException {
            origin.flipped.put("readme", 1);
            fill(source);
            assertSame(source);
            assertThat(wrong).hasValue(1);
        }

        @Test
        void isRefusedTheSecondTime() throws IOException {
            origin.flipped.put("readme", 2);
            assertThatThrownBy(() -> fill(source))
                    .isInstanceOf(OriginException.class)
                    .hasMessageContaining("'readme'");
            assertThat(dataset.snapshots()).isEmpty();
        }
    }

    private List<DatasetPath> fill(FakeSource of, String... mountPoints) throws IOException {
        origin.serve(of);
        Progress progress = new Progress(System::nanoTime);
        MountPoints points =
                new MountPoints(Stream.of(mountPoints).map(DatasetPath::parse).toList(), cache.protection());
        Fill fill = new Fill(
                dataset,
                cache.protection(),
                origin,
                new FillOptions(3, 1000, boot),
                new CountedEvents(wrong),
                progress,
                paused);
        return fill.run(of.root(), promised::add, points);
    }

    /** Fetches more than a chunk, and then is paused. */
    private void beginToFill() {
        paused = () -> origin.chunkBytes.get() > CHUNK;
        assertThatThrownBy(() -> fill(source)).isInstanceOf(PausedException.class);
        paused = () -> false;
    }

    /** A directory of what a fill of the source has begun. */
    private Path begun() {
        return begun(source);
    }

    private Path begun(FakeSource of) {
        return folder.resolve("cache/datasets/" + ID + "/filling/" + of.id() + "/tree/big");
    }

    /** As a loss of power leaves it: digests reached the disk before their bytes. */
    private void loseWhatWasBegun() throws IOException {
        ScratchCache.unlock(begun());
        try (Stream<Path> files = Files.list(begun())) {
            for (Path file : files.toList()) {
                Files.write(file, new byte[(int) Files.size(file)]);
            }
        }
    }

    private Path tree(FakeSource of) {
        return folder.resolve("cache").resolve(dataset.directory(of.id()));
    }

    private void assertSame(FakeSource of) throws IOException {
        Set<String> found;
        try (Stream<Path> files = Files.walk(tree(of))) {
            found = files.filter(path -> Files.isRegularFile(path, java.nio.file.LinkOption.NOFOLLOW_LINKS))
                    .map(path -> tree(of).relativize(path).toString())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
        assertThat(found).isEqualTo(of.files().keySet());
        for (Map.Entry<String, FakeSource.File> file : of.files().entrySet()) {
            assertThat(Files.readAllBytes(tree(of).resolve(file.getKey())))
                    .as(file.getKey())
                    .isEqualTo(file.getValue().content());
        }
    }

    private void assertAttributes(String path, int mode, int uid, int gid, Instant modified) throws IOException {
        assertAttributes(tree(source).resolve(path), mode, uid, gid, modified);
    }

    private static void assertAttributes(Path found, int mode, int uid, int gid, Instant modified) throws IOException {
        assertThat((Integer) Files.getAttribute(found, "unix:mode"))
                .as(found.toString())
                .isNotNull()
                .extracting(bits -> bits & 07777)
                .isEqualTo(mode);
        assertThat(Files.getAttribute(found, "unix:uid")).as(found.toString()).isEqualTo(uid);
        assertThat(Files.getAttribute(found, "unix:gid")).as(found.toString()).isEqualTo(gid);
        assertThat(Files.getLastModifiedTime(found).toInstant())
                .as(found.toString())
                .isEqualTo(modified);
    }

    private static Object key(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }
}
