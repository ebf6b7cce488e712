package dev.aquifer.node.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.node.cache.CacheFolder;
import dev.aquifer.node.cache.DatasetFolder;
import dev.aquifer.node.cache.Protection;
import dev.aquifer.node.dataset.DatasetId;
import dev.aquifer.node.linux.NeedsRoot;
import dev.aquifer.node.testing.FakeSource;
import dev.aquifer.node.testing.LoopDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a start reads of a cache, however much is in it: the kernel notes of each directory when it was read last. */
@NeedsRoot
final class DatasetsTest {
    private static final DatasetId ONE = new DatasetId("1".repeat(32));
    private static final DatasetId TWO = new DatasetId("2".repeat(32));

    @TempDir
    Path folder;

    @Test
    void areKnownWithoutALookBelowAnyDataset() throws Exception {
        FakeSource source = new FakeSource()
                .file("a", "one")
                .file("d/e/b", "two")
                .random("d/c", 100_000)
                .directory("nothing");
        try (LoopDisk disk = new LoopDisk(folder, "64M")) {
            Path cache = disk.root().resolve("cache");
            fill(cache, ONE, source);
            fill(cache, TWO, source.copy().file("new", "three"));
            List<Path> all = all(cache);
            Map<Path, FileTime> before = lastRead(all);
            // the kernel's clock for this ticks a hundred times each second
            LockSupport.parkNanos(50_000_000);

            try (CacheFolder opened = CacheFolder.open(cache, new Protection(false));
                    Datasets datasets = new Datasets(opened, InstantSource.system())) {
                datasets.load();
                assertThat(Objects.requireNonNull(datasets.find(ONE)).current()).isEqualTo(source.id());
                assertThat(Objects.requireNonNull(datasets.find(TWO)).current()).isNotNull();
            }

            Map<Path, FileTime> after = lastRead(all);
            assertThat(all.stream().filter(path -> !Objects.equals(after.get(path), before.get(path))))
                    .as("directories and files that were read")
                    .contains(cache.resolve("datasets"))
                    .allSatisfy(path -> assertThat(cache.relativize(path).toString())
                            .matches("format|datasets|datasets/[0-9a-f]{32}/newest"));
        }
    }

    private static void fill(Path cache, DatasetId id, FakeSource source) throws IOException {
        try (CacheFolder opened = CacheFolder.open(cache, new Protection(false));
                DatasetFolder dataset = opened.dataset(id)) {
            source.fill(dataset, opened.protection(), () -> false);
        }
    }

    private static List<Path> all(Path cache) throws IOException {
        try (Stream<Path> paths = Files.walk(cache)) {
            return paths.toList();
        }
    }

    private static Map<Path, FileTime> lastRead(List<Path> paths) throws IOException {
        Map<Path, FileTime> read = new HashMap<>();
        for (Path path : paths) {
            read.put(path, (FileTime) Files.getAttribute(path, "lastAccessTime"));
        }
        return read;
    }
}
