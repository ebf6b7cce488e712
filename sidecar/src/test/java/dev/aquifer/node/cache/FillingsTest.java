package dev.aquifer.node.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.node.dataset.DatasetId;
import dev.aquifer.node.dataset.Hash;
import dev.aquifer.node.dataset.SnapshotId;
import dev.aquifer.node.linux.NeedsRoot;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NeedsRoot
final class FillingsTest {
    @TempDir
    Path folder;

    private CacheFolder cache;
    private DatasetFolder dataset;

    @BeforeEach
    void open() throws IOException {
        cache = CacheFolder.open(folder.resolve("cache"), new Protection(false));
        dataset = cache.dataset(new DatasetId("1".repeat(32)));
    }

    @AfterEach
    void close() {
        dataset.close();
        cache.close();
    }

    @Test
    void keepTheOneThatGoesOnAndThoseThatHaveMost() throws IOException {
        SnapshotId goesOn = begin(1, 0);
        SnapshotId fullest = begin(2, 3000);
        begin(3, 10);
        SnapshotId second = begin(4, 1000);
        begin(5, 0);

        dataset.fillings().keepFullest(goesOn, 2);

        assertThat(dataset.fillings().list()).containsExactlyInAnyOrder(goesOn, fullest, second);
    }

    private SnapshotId begin(int number, int chunks) throws IOException {
        SnapshotId id = SnapshotId.parse("%064x".formatted(number));
        try (Filling filling = dataset.fillings().begin(id, "boot")) {
            for (int i = 0; i < chunks; i++) {
                filling.digests().put(i, Hash.sha256(new byte[] {1}));
            }
        }
        return id;
    }
}
