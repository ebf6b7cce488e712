package dev.aquifer.node.fill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aquifer.node.cache.CacheFolder;
import dev.aquifer.node.cache.DatasetFolder;
import dev.aquifer.node.cache.Filling;
import dev.aquifer.node.cache.Protection;
import dev.aquifer.node.dataset.DatasetId;
import dev.aquifer.node.dataset.DatasetPath;
import dev.aquifer.node.dataset.FileEntry;
import dev.aquifer.node.dataset.Name;
import dev.aquifer.node.linux.Files;
import dev.aquifer.node.linux.NeedsRoot;
import dev.aquifer.node.testing.CountedEvents;
import dev.aquifer.node.testing.FakeOrigin;
import dev.aquifer.node.testing.FakeSource;
import dev.aquifer.node.testing.ScratchCache;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NeedsRoot
final class ChunkPoolTest {
    @TempDir
    Path folder;

    @Test
    void failsIfNoWorkerCanBeMade() throws IOException {
        FakeSource source = new FakeSource().file("a", "one");
        FakeSource.File file = source.require("a");
        Name name = Name.of("a");
        FileEntry entry = new FileEntry(name, file.attributes(), 3, file.version(), 0);
        Protection protection = new Protection(false);
        try (CacheFolder cache = CacheFolder.open(folder.resolve("cache"), protection);
                DatasetFolder dataset = cache.dataset(new DatasetId("1".repeat(32)));
                Filling filling = dataset.fillings().begin(source.id(), "boot");
                OpenFiles open = new OpenFiles();
                Finishes finishes = new Finishes();
                ChunkPool pool = new ChunkPool(
                        "fill",
                        1,
                        _ -> {
                            throw new LinkageError("no such call");
                        },
                        () -> false)) {
            NewFile fresh = new NewFile(
                    new OpenDirectory(Files.reopen(filling.tree())),
                    entry,
                    DatasetPath.ROOT.child(name),
                    0,
                    1,
                    filling.digests(),
                    protection,
                    open,
                    finishes);
            pool.add(new ChunkTask(fresh, 0, null));
            assertThatThrownBy(pool::finish).isInstanceOf(LinkageError.class);
        }
    }

    @Test
    void asksForFewEnoughChunksThatASlowOriginAnswersInTime() throws IOException {
        FakeSource source = new FakeSource();
        for (int i = 0; i < 1_025; i++) {
            source.file("file" + i, "x");
        }
        FakeOrigin origin = new FakeOrigin(source);
        Protection protection = new Protection(false);
        try (CacheFolder cache = CacheFolder.open(folder.resolve("cache"), protection);
                DatasetFolder dataset = cache.dataset(new DatasetId("1".repeat(32)))) {
            new Fill(
                            dataset,
                            protection,
                            origin,
                            new FillOptions(1, 1_000, "boot"),
                            new CountedEvents(new AtomicInteger()),
                            new Progress(System::nanoTime),
                            () -> false)
                    .run(source.root(), _ -> true, new MountPoints(List.of(), protection));
        }
        ScratchCache.unlock(folder);

        assertThat(origin.chunkRequests).hasValue(2);
    }
}
