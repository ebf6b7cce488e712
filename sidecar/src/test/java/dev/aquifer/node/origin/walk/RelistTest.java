package dev.aquifer.node.origin.walk;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.node.dataset.DatasetPath;
import dev.aquifer.node.dataset.Name;
import dev.aquifer.node.dataset.SnapshotId;
import dev.aquifer.node.linux.Metadata;
import dev.aquifer.node.linux.Open;
import dev.aquifer.node.origin.disk.RecordPacks;
import dev.aquifer.node.origin.disk.StoredDirectory;
import dev.aquifer.node.origin.source.Examiner;
import dev.aquifer.node.origin.source.Findings;
import dev.aquifer.node.origin.source.Freshness;
import dev.aquifer.node.origin.source.Mark;
import dev.aquifer.node.origin.source.Place;
import dev.aquifer.node.origin.source.Reader;
import dev.aquifer.node.origin.source.Source;
import dev.aquifer.node.transfer.LeftOut;
import dev.aquifer.node.transfer.LeftOutReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A look at the changed paths must lead to the very snapshot that a walk of everything finds. */
final class RelistTest {
    private static final int ROUNDS = 150;

    @TempDir
    Path folder;

    private final Random random = new Random(29);
    private final Set<Path> removed = new HashSet<>();
    private Path top;
    private Source source;
    private RecordPacks records;
    private Lister lister;

    @BeforeEach
    void open() throws IOException {
        top = Files.createDirectories(folder.resolve("source"));
        source = Source.open(top, Set.of(DatasetPath.parse("excluded")));
        records = new RecordPacks(folder.resolve("records"));
        // a clock of the future: nothing is fresh
        InstantSource clock = () -> Instant.now().plusSeconds(60);
        lister = new Lister(
                source,
                Reader.current(),
                records,
                new Walkers(4),
                folder,
                OnChange.WAIT,
                clock,
                new Freshness(clock, source.stampedHere()),
                time -> {});
    }

    @AfterEach
    void close() throws IOException {
        records.close();
        source.close();
    }

    @Test
    void aLookAtChangedPathsEqualsAWalk() throws Exception {
        var listing = lister.walk(new Findings());
        var snapshots = new HashSet<SnapshotId>();
        for (int round = 0; round < ROUNDS; round++) {
            var marks = new HashMap<DatasetPath, Mark>();
            removed.clear();
            for (int change = random.nextInt(1, 4); change > 0; change--) {
                marks.put(DatasetPath.parse(change()), Mark.LOOK_AGAIN);
            }

            listing = lister.relist(listing, marks).listing();

            assertThat(listing.root())
                    .as("round %d after %s", round, marks)
                    .isEqualTo(lister.walk(new Findings()).root());
            snapshots.add(listing.id());
        }
        assertThat(snapshots).hasSizeGreaterThan(ROUNDS / 2);
    }

    /** Makes, changes or removes something, and returns its path. */
    private String change() throws IOException {
        var path = randomPath();
        var at = top.resolve(path);
        // a directory in another's place counts as the same, of which a walk sees what is new
        if (removed.stream().anyMatch(at::startsWith)) {
            return path;
        }
        // a parent that is a file makes room first: that is a change of the parent's own path
        for (var parent = parent(at); !parent.equals(top); parent = parent(parent)) {
            if (Files.exists(parent, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(parent)) {
                Files.delete(parent);
                return top.relativize(parent).toString();
            }
        }
        if (Files.isDirectory(at)) {
            remove(at);
            removed.add(at);
            return path;
        }
        switch (random.nextInt(3)) {
            case 0 -> Files.deleteIfExists(at);
            case 1 -> {
                Files.deleteIfExists(at);
                if (Files.exists(parent(at))) {
                    Files.createSymbolicLink(at, Path.of("target"));
                }
            }
            default -> {
                if (Files.exists(parent(at))) {
                    Files.deleteIfExists(at);
                    Files.writeString(at, "x".repeat(random.nextInt(100)));
                } else {
                    return firstMade(at);
                }
            }
        }
        return path;
    }

    private String firstMade(Path at) throws IOException {
        var first = at;
        while (!Files.exists(parent(first))) {
            first = parent(first);
        }
        Files.createDirectories(parent(at));
        Files.writeString(at, "new");
        return top.relativize(first).toString();
    }

    private static Path parent(Path path) {
        return requireNonNull(path.getParent());
    }

    private String randomPath() {
        var names = new ArrayList<String>();
        for (int depth = random.nextInt(1, 5); depth > 0; depth--) {
            names.add(List.of("a", "b", "c", "dd", "e").get(random.nextInt(5)));
        }
        return String.join("/", names);
    }

    private static void remove(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void aFileThatCannotBeReadIsLeftOutAndNamed() throws Exception {
        Files.writeString(top.resolve("a"), "1");
        Files.writeString(top.resolve("b"), "22");
        var before = lister.walk(new Findings());

        var after = lister.relist(before, Map.of(DatasetPath.parse("b"), Mark.FAILING))
                .listing();

        assertThat(after.root().totals().files()).isEqualTo(1);
        assertThat(after.root().totals().bytes()).isEqualTo(1);
        assertThat(after.leftOut()).singleElement().satisfies(left -> {
            assertThat(left.reason()).isEqualTo(LeftOutReason.FAILING);
            assertThat(left.examples()).containsExactly(DatasetPath.parse("b"));
        });
        assertThat(lister.relist(after, Map.of(DatasetPath.parse("b"), Mark.LOOK_AGAIN))
                        .listing()
                        .root())
                .isEqualTo(before.root());
    }

    @Test
    void whatIsExcludedStaysOutWhateverIsMarked() throws Exception {
        Files.createDirectories(top.resolve("excluded"));
        Files.writeString(top.resolve("excluded/x"), "1");
        var before = lister.walk(new Findings());

        var after = lister.relist(before, Map.of(DatasetPath.parse("excluded/x"), Mark.LOOK_AGAIN))
                .listing();

        assertThat(before.root().totals().entries()).isZero();
        assertThat(after.root().totals().entries()).isZero();
    }

    @Test
    void specialFilesAreCountedAndNamed() throws Exception {
        new ProcessBuilder("mkfifo", top.resolve("pipe").toString()).start().waitFor();
        Files.writeString(top.resolve("file"), "1");

        var listing = lister.walk(new Findings());

        assertThat(listing.root().totals().files()).isEqualTo(1);
        assertThat(listing.leftOut()).singleElement().satisfies(left -> {
            assertThat(left.reason()).isEqualTo(LeftOutReason.FIFO);
            assertThat(left.count()).isEqualTo(1);
            assertThat(left.examples()).containsExactly(DatasetPath.parse("pipe"));
        });
    }

    @Test
    void setUserBitsStayBehind() throws Exception {
        Files.writeString(top.resolve("program"), "1");
        new ProcessBuilder("chmod", "6755", top.resolve("program").toString())
                .start()
                .waitFor();
        var listing = lister.walk(new Findings());

        var entry = new StoredDirectory(records, listing.root().content()).next();

        assertThat(entry).isNotNull();
        assertThat(entry == null ? 0 : entry.attributes().mode()).isEqualTo(0755);
    }

    /** Nodes may ask for any path as if it were a file: a look must cost no walk. */
    @Test
    void aListedDirectoryIsNotWalkedAgain() throws Exception {
        Files.createDirectories(top.resolve("d"));
        Files.writeString(top.resolve("d/a"), "1");
        var before = lister.walk(new Findings());
        Files.writeString(top.resolve("d/b"), "1");

        var after = lister.relist(before, Map.of(DatasetPath.parse("d"), Mark.LOOK_AGAIN))
                .listing();

        assertThat(after.root().totals()).isEqualTo(before.root().totals());
    }

    @Test
    void aNameThatIsLongerThanNodesCanHaveIsLeftOutAndCounted() throws Exception {
        var findings = new Findings();
        var freshness = new Freshness(InstantSource.system(), null);
        try (var root = source.openRoot();
                var place = new Place(source.openRoot(), DatasetPath.parse("d"), Set.of())) {
            var examiner = new Examiner(Reader.current(), Metadata.stat(root).device(), freshness);
            var walk = new TreeWalk(source, examiner, records, new Walkers(1), folder, findings);

            assertThat(walk.name(place, new byte[] {'f'})).isEqualTo(Name.of("f"));
            assertThat(walk.name(place, "x".repeat(270).getBytes(US_ASCII))).isNull();
        }
        assertThat(findings.leftOut())
                .containsExactly(new LeftOut(LeftOutReason.NAME_TOO_LONG, 1, List.of(DatasetPath.parse("d"))));
    }

    @Test
    void aFileThatCanBeReadAgainStays() throws Exception {
        Files.writeString(top.resolve("a"), "1");
        var before = lister.walk(new Findings());

        var after = lister.relist(before, Map.of(DatasetPath.parse("a"), Mark.READ_AGAIN))
                .listing();

        assertThat(after.root()).isEqualTo(before.root());
        assertThat(after.leftOut()).isEmpty();
    }

    @Test
    void aFileWhoseStartCannotBeReadFails() throws Exception {
        // nothing is mapped at its start: the kernel answers EIO
        try (var process = new Place(
                dev.aquifer.node.linux.Files.open(Path.of("/proc/self").toRealPath(), Open.READ),
                DatasetPath.ROOT,
                Set.of())) {
            assertThat(Examiner.tryToRead(process, Name.of("mem"))).isEqualTo(LeftOutReason.FAILING);
            assertThat(Examiner.tryToRead(process, Name.of("status"))).isNull();
            assertThat(Examiner.tryToRead(process, Name.of("gone"))).isNull();
        }
    }
}
