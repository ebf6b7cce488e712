package dev.aquifer.node.fill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aquifer.node.cache.CacheFolder;
import dev.aquifer.node.cache.DatasetFolder;
import dev.aquifer.node.cache.Protection;
import dev.aquifer.node.dataset.DatasetId;
import dev.aquifer.node.dataset.Directory;
import dev.aquifer.node.dataset.DirectoryEntry;
import dev.aquifer.node.dataset.DirectoryIndex;
import dev.aquifer.node.dataset.Entry;
import dev.aquifer.node.dataset.FileEntry;
import dev.aquifer.node.dataset.Hash;
import dev.aquifer.node.dataset.InvalidListing;
import dev.aquifer.node.dataset.LinkEntry;
import dev.aquifer.node.dataset.ListingCodec;
import dev.aquifer.node.dataset.Name;
import dev.aquifer.node.dataset.SnapshotRoot;
import dev.aquifer.node.dataset.Timestamp;
import dev.aquifer.node.dataset.Totals;
import dev.aquifer.node.dataset.Version;
import dev.aquifer.node.link.RefusalCode;
import dev.aquifer.node.linux.NeedsRoot;
import dev.aquifer.node.remote.OriginException;
import dev.aquifer.node.testing.CountedEvents;
import dev.aquifer.node.testing.FakeOrigin;
import dev.aquifer.node.testing.FakeSource;
import dev.aquifer.node.testing.ScratchCache;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an origin may try against a node: each is refused by name, and nothing outside its own dataset is touched. */
@NeedsRoot
final class HostileOriginTest {
    private static final DatasetId ID = new DatasetId("0123456789abcdef0123456789abcdef");

    @TempDir
    Path folder;

    private final FakeSource source = new FakeSource();
    private final FakeOrigin origin = new FakeOrigin(source);
    private CacheFolder cache;
    private DatasetFolder dataset;

    @BeforeEach
    void open() throws IOException {
        Files.writeString(folder.resolve("precious"), "untouched");
        cache = CacheFolder.open(folder.resolve("cache"), new Protection(false));
        dataset = cache.dataset(ID);
    }

    @AfterEach
    void nothingElseWasTouched() throws IOException {
        assertThat(folder.resolve("precious")).hasContent("untouched");
        try (Stream<Path> below = Files.list(folder)) {
            assertThat(below.map(path -> path.getFileName().toString())).containsExactlyInAnyOrder("precious", "cache");
        }
        assertThat(dataset.snapshots()).isEmpty();
        dataset.close();
        cache.close();
        ScratchCache.unlock(folder);
    }

    @Test
    void namesThatLeadOut() {
        for (String name : List.of("..", ".", "a/b", "/etc", "")) {
            byte[] record = directoryWith(name);
            assertRefused(root(source.keep(record), 1, 1), "name");
        }
    }

    @Test
    void twoEntriesOfOneName() {
        byte[] one = ListingCodec.encode(new Directory(List.of(file("same", 1))));
        byte[] twice = new byte[one.length * 2 - 8];
        System.arraycopy(one, 0, twice, 0, one.length);
        System.arraycopy(one, 8, twice, one.length, one.length - 8);
        ByteBuffer.wrap(twice).putInt(4, 2);
        assertRefused(root(source.keep(twice), 2, 2), "doubles");
    }

    @Test
    void oneNameOnTwoPagesWithAnEmptyPageBetween() {
        Hash full = source.keep(ListingCodec.encode(new Directory(List.of(file("same", 1)))));
        Hash empty = source.keep(ListingCodec.encode(Directory.EMPTY));
        Hash index = source.keep(ListingCodec.encode(new DirectoryIndex(List.of(full, empty, full))));
        assertRefused(root(index, 2, 2), "doubles");
    }

    @Test
    void aFileUnderASymbolicLink() {
        // a link and a directory of one name: the only way to have something under a link
        Entry link =
                new LinkEntry(Name.of("out"), FakeSource.FILE, folder.toString().getBytes(StandardCharsets.UTF_8));
        Hash below = source.keep(ListingCodec.encode(new Directory(List.of(file("precious", 9)))));
        Entry directory = new DirectoryEntry(Name.of("out"), FakeSource.DIRECTORY, below);
        Hash first = source.keep(ListingCodec.encode(new Directory(List.of(link))));
        Hash second = source.keep(ListingCodec.encode(new Directory(List.of(directory))));
        Hash index = source.keep(ListingCodec.encode(new DirectoryIndex(List.of(first, second))));
        assertRefused(new SnapshotRoot(FakeSource.DIRECTORY, index, new Totals(1, 1, 1, 9)), "doubles");
    }

    @Test
    void sizesNearTheLargestNumber() {
        Hash directory = source.keep(
                ListingCodec.encode(new Directory(List.of(file("a", Long.MAX_VALUE), file("b", Long.MAX_VALUE)))));
        assertRefused(root(directory, 2, Long.MAX_VALUE), "2^63");
    }

    @Test
    void aFileLargerThanTheCache() {
        Hash directory = source.keep(ListingCodec.encode(new Directory(List.of(file("a", 1L << 60)))));
        assertThatThrownBy(() -> run(root(directory, 1, 1L << 60)))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("no room");
    }

    @Test
    void moreEntriesThanAnnounced() {
        Hash directory = source.keep(ListingCodec.encode(new Directory(List.of(file("a", 1), file("b", 1)))));
        assertRefused(root(directory, 1, 1), "at most 1 entries");
    }

    @Test
    void fewerEntriesThanAnnounced() {
        Hash directory = source.keep(ListingCodec.encode(new Directory(List.of(file("a", 1)))));
        assertRefused(root(directory, 2, 1), "found Totals");
    }

    /** A few hundred bytes that mean 2^500 directories. */
    @Test
    void aListingThatUnfoldsWithoutEnd() {
        Hash hash = source.keep(ListingCodec.encode(Directory.EMPTY));
        for (int i = 0; i < 500; i++) {
            hash = source.keep(ListingCodec.encode(new Directory(List.of(
                    new DirectoryEntry(Name.of("a"), FakeSource.DIRECTORY, hash),
                    new DirectoryEntry(Name.of("b"), FakeSource.DIRECTORY, hash)))));
        }
        SnapshotRoot root = new SnapshotRoot(FakeSource.DIRECTORY, hash, new Totals(0, 10_000, 0, 0));
        assertRefused(root, "at most 10000 entries");
    }

    @Test
    void directoriesDeeperThanAnyFileSystemIsUsedFor() {
        Hash hash = source.keep(ListingCodec.encode(new Directory(List.of(file("a", 1)))));
        for (int i = 0; i < 1100; i++) {
            hash = source.keep(ListingCodec.encode(
                    new Directory(List.of(new DirectoryEntry(Name.of("d"), FakeSource.DIRECTORY, hash)))));
        }
        assertRefused(new SnapshotRoot(FakeSource.DIRECTORY, hash, new Totals(1, 1100, 0, 1)), "deep");
    }

    @Test
    void recordsThatAreNotWhatTheirHashSays() {
        Hash claimed = Hash.sha256(new byte[] {1});
        source.claim(claimed, ListingCodec.encode(Directory.EMPTY));
        assertRefused(root(claimed, 0, 0), "found bytes with the hash");
    }

    @Test
    void recordsThatItDoesNotHave() {
        assertThatThrownBy(() -> run(root(Hash.sha256(new byte[] {2}), 0, 0)))
                .isInstanceOf(OriginException.class)
                .hasMessageContaining("does not have the listing record");
    }

    @Test
    void moreDirectoriesThanAreTaken() {
        Hash[] below = new Hash[2_100];
        for (int i = 0; i < below.length; i++) {
            below[i] = source.keep(ListingCodec.encode(new Directory(List.of(file("f" + i, 1)))));
        }
        List<Entry> entries = Stream.of(below)
                .<Entry>map(hash -> new DirectoryEntry(Name.of("d" + hash), FakeSource.DIRECTORY, hash))
                .sorted((one, other) -> one.name().compareTo(other.name()))
                .toList();
        Hash top = source.keep(ListingCodec.encode(new Directory(entries)));
        assertRefused(
                new SnapshotRoot(FakeSource.DIRECTORY, top, new Totals(2_100, 2_100, 0, 2_100)),
                "at most 2000 records");
    }

    @Test
    void moreRecordsThanItsTotalsAllow() {
        List<Entry> entries = new ArrayList<>();
        for (int i = 100; i < 110; i++) {
            Hash below = source.keep(ListingCodec.encode(new Directory(List.of(file("f" + i, 1)))));
            entries.add(new DirectoryEntry(Name.of("d" + i), FakeSource.DIRECTORY, below));
        }
        Hash top = source.keep(ListingCodec.encode(new Directory(entries)));
        assertRefused(new SnapshotRoot(FakeSource.DIRECTORY, top, new Totals(10, 1, 0, 10)), "at most 5 records");
        assertThat(origin.records).hasValueLessThan(5);
    }

    @Test
    void moreBytesOfListingThanItsTotalsAllow() {
        List<Entry> entries = new ArrayList<>();
        for (int i = 1_000; i < 2_000; i++) {
            entries.add(file("f" + i, 1));
        }
        Hash top = source.keep(ListingCodec.encode(new Directory(entries)));
        assertRefused(root(top, 10, 10), "a listing of at most");
    }

    @Test
    void aListingForWhichThereIsNoRoomIsNotEvenAskedFor() {
        Hash top = source.keep(ListingCodec.encode(Directory.EMPTY));
        assertThatThrownBy(() ->
                        run(new SnapshotRoot(FakeSource.DIRECTORY, top, new Totals(1L << 61, 1L << 61, 1L << 60, 1))))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("no room");
        assertThat(origin.records).hasValue(0);
    }

    @Test
    void aDeepTreeOfLongDirectories() {
        Hash below = source.keep(ListingCodec.encode(Directory.EMPTY));
        for (int depth = 0; depth < 9; depth++) {
            List<Entry> entries = new ArrayList<>();
            entries.add(new DirectoryEntry(Name.of("a"), FakeSource.DIRECTORY, below));
            for (int i = 10_000; i < 25_000; i++) {
                entries.add(new LinkEntry(Name.of("l" + i), FakeSource.FILE, new byte[] {'x'}));
            }
            below = source.keep(ListingCodec.encode(new Directory(entries)));
        }
        assertRefused(
                new SnapshotRoot(FakeSource.DIRECTORY, below, new Totals(0, 9, 9 * 15_000, 0)),
                "beside those on one path");
    }

    private void assertRefused(SnapshotRoot root, String why) {
        assertThatThrownBy(() -> run(root)).isInstanceOf(InvalidListing.class).hasMessageContaining(why);
    }

    private void run(SnapshotRoot root) throws IOException {
        Fill fill = new Fill(
                dataset,
                cache.protection(),
                origin,
                new FillOptions(2, 2_000, "boot"),
                new CountedEvents(new AtomicInteger()),
                new Progress(System::nanoTime),
                () -> false);
        fill.run(
                root,
                need -> {
                    if (need.bytes() > 1L << 40) {
                        throw new RefusedException(RefusalCode.RESOURCE_EXHAUSTED, "there is no room");
                    }
                    return true;
                },
                new MountPoints(List.of(), cache.protection()));
    }

    private static SnapshotRoot root(Hash content, long files, long bytes) {
        return new SnapshotRoot(FakeSource.DIRECTORY, content, new Totals(files, 0, 0, bytes));
    }

    private static FileEntry file(String name, long size) {
        return new FileEntry(Name.of(name), FakeSource.FILE, size, new Version(new Timestamp(1, 1), 1), 0);
    }

    /** A directory's record with a name that no honest encoder writes. */
    private static byte[] directoryWith(String name) {
        byte[] proper = ListingCodec.encode(new Directory(List.of(file("n", 1))));
        byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer out = ByteBuffer.allocate(proper.length - 1 + bytes.length);
        out.put(proper, 0, 9).put((byte) bytes.length).put(bytes).put(proper, 11, proper.length - 11);
        return out.array();
    }
}
