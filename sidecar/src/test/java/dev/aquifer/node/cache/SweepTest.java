package dev.aquifer.node.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aquifer.node.dataset.DatasetId;
import dev.aquifer.node.fill.PausedException;
import dev.aquifer.node.linux.NeedsRoot;
import dev.aquifer.node.testing.FakeSource;
import dev.aquifer.node.testing.OpenedCache;
import dev.aquifer.node.testing.ScratchCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NeedsRoot
final class SweepTest {
    /** The root's record and those of two directories. */
    private static final int OF_ONE = 3;

    @TempDir
    Path folder;

    private final FakeSource old = new FakeSource().file("same/a", "1").file("b", "2");
    private final FakeSource next = old.copy().file("b", "3");
    private OpenedCache opened;
    private DatasetFolder dataset;

    @BeforeEach
    void fillBoth() throws IOException {
        opened = OpenedCache.in(folder.resolve("cache"));
        dataset = opened.dataset(new DatasetId("1".repeat(32)));
        old.fill(dataset, opened.cache().protection(), () -> false);
        next.fill(dataset, opened.cache().protection(), () -> false);
    }

    @AfterEach
    void close() throws IOException {
        opened.close();
    }

    @Test
    void keepsWhatTwoSnapshotsAreMadeOf() throws IOException {
        assertThat(new Sweep(dataset, () -> false).run()).isTrue();
        assertThat(files("records")).isEqualTo(2 * OF_ONE - 1);
        assertThat(files("digests")).isEqualTo(2);
    }

    @Test
    void removesWhatOnlyARemovedSnapshotNeeded() throws IOException {
        remove(old);
        assertThat(new Sweep(dataset, () -> false).run()).isTrue();
        assertThat(files("records")).isEqualTo(OF_ONE);
        assertThat(dataset.records().get(old.id().hash())).isNull();
        assertThat(dataset.root(next.id())).isEqualTo(next.root());
    }

    @Test
    void removesEverythingAfterTheLastSnapshot() throws IOException {
        remove(old);
        remove(next);
        assertThat(new Sweep(dataset, () -> false).run()).isTrue();
        assertThat(files("records")).isZero();
        assertThat(folder.resolve("cache/datasets").resolve("1".repeat(32)).resolve("records"))
                .isEmptyDirectory();
    }

    @Test
    void keepsWhatABegunSnapshotHas() throws IOException {
        FakeSource begun = next.copy().file("c", "4");
        assertThatThrownBy(() -> begun.fill(dataset, opened.cache().protection(), new AfterSome(9)))
                .isInstanceOf(PausedException.class);
        assertThat(dataset.fillings().list()).containsExactly(begun.id());
        assertThat(new Sweep(dataset, () -> false).run()).isTrue();
        assertThat(dataset.root(begun.id())).isEqualTo(begun.root());
    }

    @Test
    void leavesTheRestForTheNextTimeWhenItIsStopped() throws IOException {
        remove(old);
        assertThat(new Sweep(dataset, () -> true).run()).isFalse();
        assertThat(new Sweep(dataset, new AfterSome(OF_ONE + 1)).run()).isFalse();
        assertThat(dataset.root(next.id())).isEqualTo(next.root());
        assertThat(new Sweep(dataset, () -> false).run()).isTrue();
        assertThat(files("records")).isEqualTo(OF_ONE);
    }

    @Test
    void removesNothingWhileASnapshotLacksARecord() throws IOException {
        remove(old);
        Path record = Path.of(next.root().content().hex());
        Files.delete(folder.resolve("cache/datasets")
                .resolve("1".repeat(32))
                .resolve("records")
                .resolve(record.toString().substring(0, 2))
                .resolve(record.toString().substring(2)));
        long before = files("records");
        assertThatThrownBy(() -> new Sweep(dataset, () -> false).run()).isInstanceOf(MissingRecordException.class);
        assertThat(files("records")).isEqualTo(before);
    }

    @Test
    void removesNotesOfASnapshotWhoseRemovalACrashCutShort() throws IOException {
        dataset.notes().damage(old.id(), "rotten");
        Files.move(snapshot(old), folder.resolve("gone-" + old.id().hex()));
        assertThat(new Sweep(dataset, () -> false).run()).isTrue();
        assertThat(files("digests")).isEqualTo(1);
        assertThat(files("marks")).isEqualTo(1);
        assertThat(files("damaged")).isZero();
    }

    @Test
    void isNotStoppedByANoteThatIsBeingWritten() throws IOException {
        Path notes = folder.resolve("cache/datasets").resolve("1".repeat(32)).resolve("damaged");
        Files.writeString(notes.resolve(old.id().hex() + ".new"), "half a no");
        remove(old);
        assertThat(new Sweep(dataset, () -> false).run()).isTrue();
        assertThat(files("records")).isEqualTo(OF_ONE);
    }

    @Test
    void removesARecordThatAKilledRunHadOnlyWritten() throws IOException {
        dataset.records().put(next.root().content(), new byte[] {1});
        assertThat(files("records")).isEqualTo(2 * OF_ONE);
        assertThat(new Sweep(dataset, () -> false).run()).isTrue();
        assertThat(files("records")).isEqualTo(2 * OF_ONE - 1);
        assertThat(dataset.records().get(next.root().content())).isNotNull();
    }

    private void remove(FakeSource source) throws IOException {
        dataset.retire(source.id());
        assertThat(dataset.clean().orThrow().inodes()).isPositive();
    }

    private Path snapshot(FakeSource source) throws IOException {
        ScratchCache.unlock(folder);
        return folder.resolve("cache").resolve(dataset.directory(source.id()));
    }

    private long files(String below) throws IOException {
        Path root = folder.resolve("cache/datasets").resolve("1".repeat(32)).resolve(below);
        try (Stream<Path> paths = Files.walk(root)) {
            return paths.filter(Files::isRegularFile).count();
        }
    }

    /** Says yes after it was asked some times. */
    private static final class AfterSome implements BooleanSupplier {
        private final AtomicInteger left;

        AfterSome(int times) {
            this.left = new AtomicInteger(times);
        }

        @Override
        public boolean getAsBoolean() {
            return left.getAndDecrement() <= 0;
        }
    }
}
