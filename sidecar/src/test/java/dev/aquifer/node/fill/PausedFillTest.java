package dev.aquifer.node.fill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aquifer.node.cache.CacheFolder;
import dev.aquifer.node.cache.DatasetFolder;
import dev.aquifer.node.cache.Protection;
import dev.aquifer.node.dataset.Chunks;
import dev.aquifer.node.dataset.DatasetId;
import dev.aquifer.node.dataset.Directory;
import dev.aquifer.node.dataset.DirectoryEntry;
import dev.aquifer.node.dataset.Entry;
import dev.aquifer.node.dataset.Hash;
import dev.aquifer.node.dataset.ListingCodec;
import dev.aquifer.node.dataset.Name;
import dev.aquifer.node.dataset.SnapshotId;
import dev.aquifer.node.dataset.SnapshotRoot;
import dev.aquifer.node.dataset.Totals;
import dev.aquifer.node.linux.Fd;
import dev.aquifer.node.linux.NeedsRoot;
import dev.aquifer.node.testing.CountedEvents;
import dev.aquifer.node.testing.FakeOrigin;
import dev.aquifer.node.testing.FakeSource;
import dev.aquifer.node.testing.ScratchCache;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fill pauses soon, whatever it is at: its turn, and the end of the process, wait for that. */
@NeedsRoot
final class PausedFillTest {
    private static final DatasetId ID = new DatasetId("0123456789abcdef0123456789abcdef");
    private static final RoomKeeper ROOM = _ -> true;
    /** Directories of one, at each of three levels: a few kilobytes that announce a million entries. */
    private static final int WIDTH = 100;

    @TempDir
    Path folder;

    private final FakeSource source = new FakeSource();
    private final FakeOrigin origin = new FakeOrigin(source);
    private CacheFolder cache;
    private DatasetFolder dataset;
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

    @Test
    void whileItAddsUpWhatItNeeds() {
        SnapshotRoot root = manyFromFew();
        AtomicInteger questions = new AtomicInteger();
        RoomKeeper room = _ -> {
            if (questions.incrementAndGet() > 1) {
                throw new AssertionError("it went through a million entries first");
            }
            return true;
        };
        Path last = record(Hash.sha256(ListingCodec.encode(Directory.EMPTY)));
        assertPauses(root, room, () -> Files.exists(last));
    }

    @Test
    void whileItMakesDirectories() {
        source.directory("a").directory("z");
        assertPauses(source.root(), ROOM, () -> Files.exists(tree("a")));
        assertThat(tree("z")).doesNotExist();
    }

    @Test
    void whileItFinishesDirectories() throws IOException {
        source.file("a/file", "1").file("z/file", "2");
        assertPauses(source.root(), ROOM, () -> Files.exists(tree("a")) && isProtected(tree("a")));
        assertThat(isProtected(tree("z"))).isFalse();
        assertThat(dataset.isComplete(source.id())).isFalse();

        origin.chunkBytes.set(0);
        fill(source.root(), ROOM, () -> false);
        assertThat(dataset.isComplete(source.id())).isTrue();
        assertThat(origin.chunkBytes).as("fetched again").hasValue(0);
    }

    @Test
    void whileItReadsALargeFileAgainAfterARestartOfTheMachine() throws IOException {
        source.random("large", 3 * Chunks.SIZE);
        assertPauses(source.root(), ROOM, () -> origin.chunkBytes.get() == source.bytes());
        assertThat(List.of(isKnown(0), isKnown(1), isKnown(2))).containsOnly(true);

        ScratchCache.unlock(folder);
        Files.write(tree("large"), new byte[3 * Chunks.SIZE]);
        boot = "boot-2";
        assertPauses(source.root(), ROOM, () -> !isKnown(0));
        assertThat(isKnown(2)).as("not read yet").isTrue();
    }

    @Test
    void evenIfItIsWantedAgainAtOnce() throws IOException {
        source.file("a", "1").file("b", "2");
        AtomicBoolean seen = new AtomicBoolean();
        // only a thread that fetches ever sees it
        assertPauses(
                source.root(),
                ROOM,
                () -> Thread.currentThread().getName().startsWith("fill-") && seen.compareAndSet(false, true));
        assertThat(dataset.isComplete(source.id())).isFalse();

        fill(source.root(), ROOM, () -> false);
        assertThat(origin.chunkBytes).hasValue(source.bytes());
    }

    private SnapshotRoot manyFromFew() {
        Hash below = source.keep(ListingCodec.encode(Directory.EMPTY));
        long directories = 0;
        for (int level = 0; level < 3; level++) {
            List<Entry> entries = new ArrayList<>();
            for (int i = 0; i < WIDTH; i++) {
                entries.add(new DirectoryEntry(Name.of("%03d".formatted(i)), FakeSource.DIRECTORY, below));
            }
            below = source.keep(ListingCodec.encode(new Directory(entries)));
            directories = WIDTH * (directories + 1);
        }
        return new SnapshotRoot(FakeSource.DIRECTORY, below, new Totals(0, directories, 0, 0));
    }

    private void assertPauses(SnapshotRoot root, RoomKeeper room, BooleanSupplier paused) {
        assertThatThrownBy(() -> fill(root, room, paused)).isInstanceOf(PausedException.class);
    }

    private void fill(SnapshotRoot root, RoomKeeper room, BooleanSupplier paused) throws IOException {
        new Fill(
                        dataset,
                        cache.protection(),
                        origin,
                        new FillOptions(1, 1000, boot),
                        new CountedEvents(new AtomicInteger()),
                        new Progress(System::nanoTime),
                        paused)
                .run(root, room, new MountPoints(List.of(), cache.protection()));
    }

    private Path record(Hash hash) {
        return path("records/" + hash.hex().substring(0, 2) + "/" + hash.hex().substring(2));
    }

    private Path tree(String name) {
        return filling("tree/" + name);
    }

    private Path filling(String name) {
        return path("filling/" + SnapshotId.of(source.root()) + "/" + name);
    }

    private Path path(String below) {
        return folder.resolve("cache/datasets/" + ID).resolve(below);
    }

    private boolean isProtected(Path directory) {
        try (Fd fd = dev.aquifer.node.linux.Files.openRoot(directory)) {
            return cache.protection().isSet(fd);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Whether the chunk has a digest. */
    private boolean isKnown(int chunk) {
        try {
            byte[] digests = Files.readAllBytes(filling("digests"));
            int from = chunk * Hash.LENGTH;
            return digests.length >= from + Hash.LENGTH
                    && !Arrays.equals(digests, from, from + Hash.LENGTH, new byte[Hash.LENGTH], 0, Hash.LENGTH);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
