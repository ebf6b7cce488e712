package dev.aquifer.node.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aquifer.node.dataset.DatasetId;
import dev.aquifer.node.dataset.Hash;
import dev.aquifer.node.dataset.ListingCodec;
import dev.aquifer.node.dataset.SnapshotId;
import dev.aquifer.node.linux.LinuxException;
import dev.aquifer.node.linux.NeedsRoot;
import dev.aquifer.node.testing.FakeSource;
import dev.aquifer.node.testing.OpenDescriptors;
import dev.aquifer.node.testing.OpenedCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NeedsRoot
final class FillingsTest {
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
    void keepTheOneThatGoesOnAndThoseThatHaveMost() throws IOException {
        SnapshotId goesOn = begin(1, 0);
        SnapshotId fullest = begin(2, 3000);
        begin(3, 10);
        SnapshotId second = begin(4, 1000);
        begin(5, 0);

        dataset.fillings().keepFullest(goesOn, 2);

        assertThat(dataset.fillings().list()).containsExactlyInAnyOrder(goesOn, fullest, second);
    }

    @Test
    void believeNoDigestsOfASnapshotWhoseRemovalACrashHadCutShort() throws IOException {
        SnapshotId removed = SnapshotId.parse("%064x".formatted(1));
        dataset.digests(removed).close();

        for (int tries = 0; tries < 2; tries++) {
            try (Filling filling = dataset.fillings().begin(removed, "boot")) {
                assertThat(filling.trusted()).as("before all was read").isFalse();
            }
        }
        try (Filling filling = dataset.fillings().begin(removed, "boot")) {
            dataset.fillings().trust(filling, "boot");
        }
        try (Filling filling = dataset.fillings().begin(removed, "boot")) {
            assertThat(filling.trusted()).as("once all was read").isTrue();
        }
    }

    /** As where the disk under it fails: pods wait, and it is tried again and again. */
    @Test
    void leaveNothingOpenOfOneThatCannotBeRead() throws IOException {
        FakeSource source = new FakeSource().random("a", 1_000);
        dataset.records()
                .put(source.id().hash(), ListingCodec.encode(source.root()))
                .keep();
        dataset.fillings().begin(source.id(), "boot").close();
        Path tree = folder.resolve("cache/datasets/" + dataset.id() + "/filling/" + source.id() + "/tree");
        Files.delete(tree);
        Files.createFile(tree);

        long before = OpenDescriptors.below(folder);
        assertThatThrownBy(() -> dataset.fillings().begin(source.id(), "boot")).isInstanceOf(LinuxException.class);
        assertThatThrownBy(() -> dataset.fillings().older(source.id(), "boot")).isInstanceOf(LinuxException.class);
        assertThat(OpenDescriptors.below(folder)).isEqualTo(before);
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
