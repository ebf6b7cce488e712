package dev.aquifer.node.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.node.cache.CacheFolder;
import dev.aquifer.node.cache.Protection;
import dev.aquifer.node.dataset.DatasetId;
import dev.aquifer.node.fill.Fill;
import dev.aquifer.node.fill.FillOptions;
import dev.aquifer.node.fill.MountPoints;
import dev.aquifer.node.fill.Progress;
import dev.aquifer.node.linux.NeedsRoot;
import dev.aquifer.node.testing.CountedEvents;
import dev.aquifer.node.testing.FakeOrigin;
import dev.aquifer.node.testing.FakeSource;
import dev.aquifer.node.testing.ScratchCache;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NeedsRoot
final class TroubleTest {
    @TempDir
    Path folder;

    @AfterEach
    void unlock() throws IOException {
        ScratchCache.unlock(folder);
    }

    @Test
    void isOverOnceSomethingCame() throws IOException {
        FakeSource source = new FakeSource().random("a", 1_000);
        Progress progress = new Progress(System::nanoTime);
        try (CacheFolder cache = CacheFolder.open(folder.resolve("cache"), new Protection(false));
                Datasets datasets = new Datasets(cache, InstantSource.system())) {
            Dataset dataset = datasets.get(new DatasetId("1".repeat(32)));
            Trouble trouble = new Trouble(dataset, progress);
            trouble.failed(new IOException("nobody listens"));
            assertThat(trouble.text()).isEqualTo("nobody listens");

            new Fill(
                            dataset.folder(),
                            cache.protection(),
                            new FakeOrigin(source),
                            new FillOptions(1, 1_000, "boot"),
                            new CountedEvents(new AtomicInteger()),
                            progress,
                            () -> false)
                    .run(source.root(), _ -> true, new MountPoints(List.of(), cache.protection()));
            assertThat(trouble.text()).isEmpty();

            trouble.failed(new IOException("cut"));
            assertThat(trouble.text()).isEqualTo("cut");
        }
    }
}
