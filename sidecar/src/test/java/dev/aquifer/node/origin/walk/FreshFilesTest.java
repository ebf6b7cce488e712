package dev.aquifer.node.origin.walk;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.node.dataset.DatasetPath;
import dev.aquifer.node.dataset.FileEntry;
import dev.aquifer.node.linux.Metadata;
import dev.aquifer.node.origin.disk.RecordPacks;
import dev.aquifer.node.origin.disk.StoredDirectory;
import dev.aquifer.node.origin.source.Examiner;
import dev.aquifer.node.origin.source.Findings;
import dev.aquifer.node.origin.source.Freshness;
import dev.aquifer.node.origin.source.Reader;
import dev.aquifer.node.origin.source.Source;
import dev.aquifer.node.transfer.LeftOut;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that changed so lately that they may change again within the same tick of the file system's clock. */
final class FreshFilesTest {
    @TempDir
    Path folder;

    private final List<Duration> pauses = new ArrayList<>();
    private Duration ahead = Duration.ZERO;
    private boolean isStampedHere = true;
    private Path top;
    private Source source;
    private RecordPacks records;

    @BeforeEach
    void open() throws IOException {
        top = Files.createDirectories(folder.resolve("source"));
        source = Source.open(top, Set.of());
        records = new RecordPacks(folder.resolve("records"));
    }

    @AfterEach
    void close() throws IOException {
        records.close();
        source.close();
    }

    @Test
    void areListedAsTheyAreAfterASecondLook() throws Exception {
        Files.writeString(top.resolve("f"), "one");
        Files.writeString(top.resolve("gone"), "one");

        var listing = walk(OnChange.WAIT, () -> {
            Files.writeString(top.resolve("f"), "three");
            Files.delete(top.resolve("gone"));
        });

        assertThat(pauses).containsExactly(Freshness.COARSEST);
        var entry = (FileEntry)
                requireNonNull(new StoredDirectory(records, listing.root().content()).next());
        assertThat(entry.size()).isEqualTo(5);
        try (var root = source.openRoot()) {
            assertThat(entry.version()).isEqualTo(Examiner.version(Metadata.stat(root, new byte[] {'f'})));
        }
        assertThat(listing.root().totals().files()).isEqualTo(1);
        assertThat(listing.root().totals().bytes()).isEqualTo(5);
        assertThat(listing.changing()).isEmpty();
    }

    @Test
    void areNamedIfTheyChangedBeforeEachLook() throws Exception {
        Files.writeString(top.resolve("f"), "x");

        var listing = walk(OnChange.WAIT, this::rewrite);

        assertThat(pauses).hasSize(2);
        assertThat(listing.changing()).containsExactly(DatasetPath.parse("f"));
    }

    @Test
    void areLeftOutIfTheyChangedBeforeEachLookAndTheOwnerSaysSkip() throws Exception {
        Files.writeString(top.resolve("f"), "x");

        var listing = walk(OnChange.SKIP, this::rewrite);

        assertThat(listing.changing()).isEmpty();
        assertThat(listing.root().totals().files()).isZero();
        assertThat(listing.leftOut())
                .singleElement()
                .satisfies(left -> assertThat(left.examples()).containsExactly(DatasetPath.parse("f")));
    }

    @Test
    void areNoneThatHaveBeenAtRest() throws Exception {
        Files.writeString(top.resolve("f"), "one");
        ahead = Freshness.COARSEST;

        walk(OnChange.WAIT, () -> {});

        assertThat(pauses).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {-600, 600})
    void areFoundByTheYoungestWhereAServerHasAClockOfItsOwn(int secondsAhead) throws Exception {
        isStampedHere = false;
        ahead = Duration.ofSeconds(secondsAhead);
        Files.writeString(top.resolve("f"), "one");

        var listing = walk(OnChange.WAIT, () -> {
            if (pauses.size() == 1) {
                Files.writeString(top.resolve("f"), "three");
            }
        });

        assertThat(pauses).isNotEmpty();
        assertThat(listing.root().totals().bytes()).isEqualTo(5);
        assertThat(listing.changing()).isEmpty();
    }

    /** What happens while the origin waits. */
    @FunctionalInterface
    private interface Meanwhile {
        void happens() throws IOException;
    }

    /** So that it is as fresh at the next look. */
    private void rewrite() throws IOException {
        Files.writeString(top.resolve("f"), "x".repeat(pauses.size()));
        ahead = Duration.ZERO;
    }

    private Listing walk(OnChange onChange, Meanwhile meanwhile) throws IOException, InterruptedException {
        InstantSource clock = () -> Instant.now().plus(ahead);
        return new Lister(
                        source,
                        Reader.current(),
                        records,
                        new Walkers(2),
                        folder,
                        onChange,
                        clock,
                        new Freshness(clock, isStampedHere ? source.stampedHere() : null),
                        time -> pause(time, meanwhile))
                .walk(new Findings());
    }

    private void pause(Duration time, Meanwhile meanwhile) {
        pauses.add(time);
        ahead = ahead.plus(time);
        try {
            meanwhile.happens();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void areAllCountedWhereTheyAreLeftOut() throws Exception {
        for (int i = 0; i < 25; i++) {
            Files.writeString(top.resolve("f" + i), "x");
        }

        var listing = walk(OnChange.SKIP, () -> {
            for (int i = 0; i < 25; i++) {
                Files.writeString(top.resolve("f" + i), "x".repeat(pauses.size()));
            }
            ahead = Duration.ZERO;
        });

        assertThat(listing.leftOut()).singleElement().satisfies(left -> {
            assertThat(left.count()).isEqualTo(25);
            assertThat(left.examples()).hasSize(LeftOut.MOST_EXAMPLES);
        });
    }
}
