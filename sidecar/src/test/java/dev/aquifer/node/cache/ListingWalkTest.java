package dev.aquifer.node.cache;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.aquifer.node.dataset.DatasetId;
import dev.aquifer.node.dataset.DirectoryEntry;
import dev.aquifer.node.dataset.FileEntry;
import dev.aquifer.node.dataset.InvalidListing;
import dev.aquifer.node.dataset.LinkEntry;
import dev.aquifer.node.linux.NeedsRoot;
import dev.aquifer.node.testing.FakeSource;
import dev.aquifer.node.testing.OpenedCache;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NeedsRoot
final class ListingWalkTest {
    private static final int LEVELS = 40;
    private static final int LINKS = 250;
    private static final long TARGETS = LEVELS * LINKS * 4_000L;

    @TempDir
    Path folder;

    private OpenedCache opened;
    private DatasetFolder dataset;

    @BeforeEach
    void open() throws IOException {
        opened = OpenedCache.in(folder.resolve("cache"));
        dataset = opened.dataset(new DatasetId("1".repeat(32)));
    }

    @AfterEach
    void close() throws IOException {
        opened.close();
    }

    @Test
    void refusesADeepTreeOfLongTargets() throws IOException {
        FakeSource source = new FakeSource();
        for (int level = 0; level < LEVELS; level++) {
            for (int i = 0; i < LINKS; i++) {
                source.link("d/".repeat(level) + "l" + i, "x".repeat(4_000));
            }
        }
        source.list(dataset.records());

        assertThatExceptionOfType(InvalidListing.class)
                .isThrownBy(() -> walk(source, TARGETS * 9 / 10))
                .withMessageContaining("beside those on one path");
        assertThatNoException().isThrownBy(() -> walk(source, TARGETS * 11 / 10));
    }

    private void walk(FakeSource source, long mostOpen) throws IOException {
        ListingWalk.over(dataset.records(), source.root(), List.of(), new Nobody(), mostOpen);
    }

    /** Sees all of it, and does nothing. */
    private static final class Nobody implements ListingVisitor {
        @Override
        public void file(FileEntry file, long firstChunk, List<OlderFile> older) {}

        @Override
        public void link(LinkEntry link) {}

        @Override
        public void directory(DirectoryEntry directory) {}

        @Override
        public void enter(DirectoryEntry directory, List<OlderSnapshot> older) {}

        @Override
        public void leave(DirectoryEntry directory) {}
    }
}
