package dev.aquifer.node.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aquifer.node.cache.CacheFolder;
import dev.aquifer.node.cache.Protection;
import dev.aquifer.node.cache.Usage;
import dev.aquifer.node.dataset.DatasetId;
import dev.aquifer.node.linux.NeedsRoot;
import dev.aquifer.node.testing.FakeSource;
import dev.aquifer.node.testing.ScratchCache;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NeedsRoot
final class AccountsTest {
    private static final DatasetId ID = new DatasetId("1".repeat(32));
    private static final Usage PROMISED = new Usage(1L << 40, 1);

    @TempDir
    Path folder;

    private final Ledger ledger = new Ledger();
    private final Accounts accounts = new Accounts(ledger);
    private final FakeSource source =
            new FakeSource().random("a", 300_000).file("d/b", "two").hardLinked("one", "other", "of one file");
    private CacheFolder cache;
    private Datasets datasets;
    private Dataset dataset;

    @BeforeEach
    void fill() throws IOException {
        cache = CacheFolder.open(folder.resolve("cache"), new Protection(false));
        datasets = new Datasets(cache, InstantSource.system());
        dataset = datasets.get(ID);
        source.fill(dataset.folder(), cache.protection(), () -> false);
    }

    @AfterEach
    void close() throws IOException {
        datasets.close();
        cache.close();
        ScratchCache.unlock(folder);
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
        accounts.fillBegins(dataset);
        accounts.fillEnded(dataset);
        accounts.changes(dataset);
        accounts.freed(dataset, Usage.NONE);

        await().until(() -> dataset.folder().usage().read() != null);
        assertThat(dataset.folder().usage().read()).isEqualTo(ledger.used(ID));
        assertThat(ledger.used(ID).bytes()).isGreaterThan(300_000);
    }

    private static long du(Path path, String unit) throws Exception {
        Process du = new ProcessBuilder("du", "-s", unit, path.toString()).start();
        String text = new String(du.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(du.waitFor()).isZero();
        return Long.parseLong(text.split("\\s", -1)[0]);
    }
}
