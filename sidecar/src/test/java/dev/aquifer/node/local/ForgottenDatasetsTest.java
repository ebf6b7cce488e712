package dev.aquifer.node.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aquifer.node.cache.Usage;
import dev.aquifer.node.dataset.DatasetId;
import dev.aquifer.node.linux.NeedsRoot;
import dev.aquifer.node.testing.FakeSource;
import dev.aquifer.node.testing.OpenedCache;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NeedsRoot
final class ForgottenDatasetsTest {
    private static final DatasetId ID = new DatasetId("1".repeat(32));
    private static final DatasetId OTHER = new DatasetId("2".repeat(32));

    private static final Executor THREADS = task -> Thread.ofPlatform().daemon().start(task);

    @TempDir
    Path folder;

    private final Ledger ledger = new Ledger();
    private final Accounts accounts = new Accounts(ledger);
    private OpenedCache opened;
    private Datasets datasets;
    private Dataset dataset;

    @BeforeEach
    void make() throws IOException {
        opened = OpenedCache.in(folder.resolve("cache"));
        datasets = opened.datasets();
        dataset = datasets.get(ID);
        FakeSource source = new FakeSource();
        for (int i = 0; i < 500; i++) {
            source.file("d" + i + "/a", "one");
        }
        source.list(dataset.folder().records());
        ledger.used(ID, new Usage(5_000_000, 500));
    }

    @AfterEach
    void close() throws IOException {
        opened.close();
    }

    @Test
    void keepNobodyWaitingWhileTheyAreRemoved() throws Exception {
        dataset.leftovers().fillBegins();
        CompletableFuture<Void> removal = CompletableFuture.runAsync(this::remove, THREADS);
        await().until(() -> datasets.find(ID) == null);

        CompletableFuture<Dataset> other = CompletableFuture.supplyAsync(() -> get(OTHER), THREADS);
        CompletableFuture<Dataset> anew = CompletableFuture.supplyAsync(() -> get(ID), THREADS);
        assertThat(other).succeedsWithin(Duration.ofSeconds(5));
        assertThat(anew).succeedsWithin(Duration.ofSeconds(5)).isNotSameAs(dataset);
        new FakeSource().file("new", "one").list(anew.join().folder().records());
        assertThat(removal).isNotDone();

        dataset.leftovers().fillEnds();
        removal.join();
        assertThat(names("removing")).isEmpty();
        assertThat(names("datasets/" + ID + "/records")).isNotEmpty();
    }

    @Test
    void areGoneWithTheirSweep() throws Exception {
        dataset.leftovers().sweepIfDue();
        remove();
        assertThat(names("datasets")).isEmpty();
        assertThat(names("removing")).isEmpty();
        assertThat(ledger.total()).isEqualTo(Usage.NONE);
    }

    @Test
    void beginNothingAnyMore() throws Exception {
        assertThat(dataset.isForgotten()).isTrue();
        dataset.ensure(_ -> {
            throw new IllegalStateException("a fill of what is removed");
        });
    }

    @Test
    void stayWhileSomebodyWaits() throws Exception {
        dataset.interests().connect("/pod");
        assertThat(datasets.forget(dataset, accounts::forget)).isNull();
        assertThat(datasets.find(ID)).isSameAs(dataset);
        assertThat(names("datasets/" + ID + "/records")).isNotEmpty();
    }

    @Test
    void goAtTheNextStart() throws Exception {
        assertThat(datasets.forget(dataset, accounts::forget)).isNotNull();
        Dataset again = datasets.get(ID);
        assertThat(datasets.forget(again, accounts::forget)).isNotNull();
        assertThat(names("removing")).hasSize(2);
        dataset.folder().close();
        again.folder().close();

        datasets.removeForgotten();
        assertThat(names("removing")).isEmpty();
    }

    private Dataset get(DatasetId id) {
        try {
            return datasets.get(id);
        } catch (IOException wrong) {
            throw new UncheckedIOException(wrong);
        }
    }

    private void remove() {
        try {
            datasets.remove(dataset, Objects.requireNonNull(datasets.forget(dataset, accounts::forget)));
        } catch (IOException wrong) {
            throw new UncheckedIOException(wrong);
        }
    }

    private String[] names(String below) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("cache").resolve(below))) {
            return files.map(path -> path.getFileName().toString()).toArray(String[]::new);
        }
    }
}
