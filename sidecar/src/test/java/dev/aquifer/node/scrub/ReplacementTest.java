package dev.aquifer.node.scrub;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aquifer.node.cache.CacheFolder;
import dev.aquifer.node.cache.DatasetFolder;
import dev.aquifer.node.cache.Protection;
import dev.aquifer.node.cache.ProtectionSweep;
import dev.aquifer.node.dataset.DatasetId;
import dev.aquifer.node.dataset.DatasetPath;
import dev.aquifer.node.dataset.FileEntry;
import dev.aquifer.node.dataset.Name;
import dev.aquifer.node.linux.Data;
import dev.aquifer.node.linux.NeedsRoot;
import dev.aquifer.node.testing.FakeSource;
import dev.aquifer.node.testing.OpenDescriptors;
import dev.aquifer.node.testing.ScratchCache;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NeedsRoot
final class ReplacementTest {
    private static final DatasetId DATASET = new DatasetId("1".repeat(32));
    private static final String RIGHT = "what the file should say";

    @TempDir
    Path folder;

    private final Protection protection = new Protection(false);
    private final FakeSource source =
            new FakeSource().file("a", "what the file does say!!").file("b", "another");
    private CacheFolder cache;
    private DatasetFolder dataset;

    @BeforeEach
    void fill() throws IOException {
        cache = CacheFolder.open(folder.resolve("cache"), protection);
        dataset = cache.dataset(DATASET);
        source.fill(dataset, protection, () -> false);
    }

    @AfterEach
    void close() throws IOException {
        dataset.close();
        cache.close();
        ScratchCache.unlock(folder);
    }

    /** The file is in the snapshot by then, and the next process has protected all that is there. */
    @Test
    void isMadeEvenIfTheOneBeforeWasKilledAfterItsFirstRename() throws IOException {
        ScratchCache.unlock(shown("a"));
        Files.createLink(mending().resolve("mended"), shown("a"));
        Files.createLink(mending().resolve("second"), shown("a"));
        new ProtectionSweep(dataset, source.id(), protection, () -> false).run();

        replace();

        assertThat(shown("a")).hasContent(RIGHT);
        assertThat(mending()).isEmptyDirectory();
        assertThatThrownBy(() -> Files.delete(shown("a"))).hasMessageContaining("not permitted");
    }

    /** The file that was put in place first is shown by a snapshot, whatever becomes of this one. */
    @Test
    void leavesAFileOfTheOneBeforeProtected() throws IOException {
        ScratchCache.unlock(shown("b"));
        Files.createLink(mending().resolve("mended"), shown("b"));
        new ProtectionSweep(dataset, source.id(), protection, () -> false).run();

        replace();

        assertThat(Files.getAttribute(shown("b"), "unix:nlink")).isEqualTo(1);
        assertThatThrownBy(() -> Files.delete(shown("b"))).hasMessageContaining("not permitted");
    }

    @Test
    void leavesNothingOpenIfItCannotBeMade() throws IOException {
        Files.createDirectory(mending().resolve("mended"));
        long before = OpenDescriptors.below(folder);

        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> new Replacement(dataset, source.id(), DatasetPath.parse("a"), protection))
                    .hasMessageContaining("EISDIR");
        }

        assertThat(OpenDescriptors.below(folder)).isEqualTo(before);
    }

    private void replace() throws IOException {
        FakeSource.File file = source.require("a");
        FileEntry entry =
                new FileEntry(Name.of("a"), file.attributes(), file.content().length, file.version(), file.linkGroup());
        try (Replacement replacement = new Replacement(dataset, source.id(), DatasetPath.parse("a"), protection)) {
            Data.writeFully(
                    replacement.file(),
                    ByteBuffer.allocateDirect(RIGHT.length())
                            .put(RIGHT.getBytes(UTF_8))
                            .flip(),
                    0);
            replacement.put(entry);
        }
    }

    private Path mending() throws IOException {
        return Files.createDirectories(folder.resolve("cache/datasets/" + DATASET + "/mending"));
    }

    private Path shown(String name) {
        return folder.resolve("cache/datasets/%s/snapshots/%s/%s"
                .formatted(DATASET, source.id().hex(), name));
    }
}
