package dev.aquifer.node.fill;

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
import dev.aquifer.node.testing.FakeSource;
import java.io.IOException;
import java.nio.file.Path;
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
}
