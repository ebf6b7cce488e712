package dev.aquifer.node.origin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.aquifer.node.dataset.Chunks;
import dev.aquifer.node.dataset.DatasetPath;
import dev.aquifer.node.dataset.DirectoryEntry;
import dev.aquifer.node.dataset.Entry;
import dev.aquifer.node.dataset.FileEntry;
import dev.aquifer.node.dataset.Hash;
import dev.aquifer.node.dataset.LinkEntry;
import dev.aquifer.node.dataset.Name;
import dev.aquifer.node.linux.Open;
import dev.aquifer.node.origin.source.Freshness;
import dev.aquifer.node.origin.source.Source;
import dev.aquifer.node.origin.walk.OnChange;
import dev.aquifer.node.testing.TestAuthority;
import dev.aquifer.node.transfer.ChunkAnswer;
import dev.aquifer.node.transfer.ChunkRequest;
import dev.aquifer.node.transfer.ChunksCodec;
import dev.aquifer.node.transfer.DatasetKey;
import dev.aquifer.node.transfer.LeftOutReason;
import dev.aquifer.node.transfer.SnapshotAnswer;
import dev.aquifer.node.transfer.Wire;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Origin and node, over real mutual TLS and real files. */
final class OriginTest {
    /** {@code -Dorigin.requests=1000} for all that the design asks for; each costs a handshake on both sides. */
    private static final int AT_ONCE = Integer.getInteger("origin.requests", 200);

    private static final Duration SOON = Duration.ofSeconds(40);

    @TempDir
    Path folder;

    private Path source() throws IOException {
        return Files.createDirectories(folder.resolve("source"));
    }

    private OriginSettings settings() throws IOException {
        return RunningOrigin.settings(source(), folder.resolve("state"));
    }

    /** Makes a file look as if nobody had touched it for long: its ctime cannot be set, so this waits. */
    private static void rest(Path newest) {
        await().atMost(Duration.ofSeconds(5)).until(() -> {
            var changed = (FileTime) Files.getAttribute(newest, "unix:ctime");
            return Duration.between(changed.toInstant(), Instant.now()).compareTo(Freshness.COARSEST) > 0;
        });
    }

    private Path write(String path, byte[] content) throws IOException {
        var file = source().resolve(path);
        Files.createDirectories(file.getParent());
        return Files.write(file, content);
    }

    private static byte[] random(int length) {
        var bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static Map<DatasetPath, Entry> tree(NodeClient node, SnapshotAnswer.Ready snapshot) throws IOException {
        var tree =
                new TreeMap<DatasetPath, Entry>((a, b) -> Hash.sha256(a.bytes()).compareTo(Hash.sha256(b.bytes())));
        collect(node, DatasetPath.ROOT, node.root(snapshot.snapshot()).content(), tree);
        return tree;
    }

    private static void collect(NodeClient node, DatasetPath path, Hash content, Map<DatasetPath, Entry> tree)
            throws IOException {
        for (var entry : node.entries(content)) {
            tree.put(path.child(entry.name()), entry);
            if (entry instanceof DirectoryEntry directory) {
                collect(node, path.child(entry.name()), directory.content(), tree);
            }
        }
    }

    private static FileEntry file(Map<DatasetPath, Entry> tree, String path) {
        var entry = tree.get(DatasetPath.parse(path));
        assertThat(entry).as(path).isInstanceOf(FileEntry.class);
        return (FileEntry) requireNonNull(entry);
    }

    private static LinkEntry link(Map<DatasetPath, Entry> tree, String path) {
        var entry = tree.get(DatasetPath.parse(path));
        assertThat(entry).as(path).isInstanceOf(LinkEntry.class);
        return (LinkEntry) requireNonNull(entry);
    }

    private static ChunkRequest request(String path, FileEntry file, long offset) {
        return request(path, file, offset, false, null);
    }

    private static ChunkRequest request(String path, FileEntry file, long offset, boolean fresh, @Nullable Hash known) {
        return new ChunkRequest(DatasetPath.parse(path), file.version(), file.size(), offset, fresh, known);
    }

    @Nested
    final class Serving {
        @Test
        void aNodeGetsEveryNameAndEveryByte() throws Exception {
            var large = random(2 * Chunks.SIZE + 12_345);
            write("a/large", large);
            write("a/small", "hello".getBytes(UTF_8));
            write("empty file", new byte[0]);
            Files.createDirectories(source().resolve("empty directory"));
            Files.createSymbolicLink(source().resolve("link"), Path.of("../outside"));
            Files.createLink(source().resolve("a/other name"), source().resolve("a/small"));
            Files.createDirectories(source().resolve("lost+found"));
            rest(source().resolve("a/small"));

            try (var origin = RunningOrigin.start(settings());
                    var node = origin.node()) {
                var snapshot = origin.ready(node);
                var tree = tree(node, snapshot);

                assertThat(tree.keySet())
                        .extracting(DatasetPath::toString)
                        .containsExactlyInAnyOrder(
                                "a", "a/large", "a/small", "a/other name", "empty file", "empty directory", "link");
                assertThat(snapshot.root().totals().files()).isEqualTo(4);
                assertThat(snapshot.root().totals().bytes()).isEqualTo(large.length + 10);
                assertThat(link(tree, "link").target()).asString().isEqualTo("../outside");
                assertThat(file(tree, "a/small").linkGroup())
                        .isNotZero()
                        .isEqualTo(file(tree, "a/other name").linkGroup());
                assertThat(file(tree, "a/large").linkGroup()).isZero();
                for (int chunk = 0; chunk < 3; chunk++) {
                    int offset = chunk * Chunks.SIZE;
                    var got = node.chunk(request("a/large", file(tree, "a/large"), offset));
                    assertThat(got.bytes()).isEqualTo(Arrays.copyOfRange(large, offset, offset + got.bytes().length));
                    assertThat(got.answer()).isEqualTo(new ChunkAnswer.Data(Hash.sha256(got.bytes())));
                }
            }
        }

        @Test
        void manySmallFilesComeInOneAnswer() throws Exception {
            for (int i = 0; i < 1_000; i++) {
                write("d/" + i, ("content of " + i).getBytes(UTF_8));
            }
            rest(source().resolve("d/999"));

            try (var origin = RunningOrigin.start(settings());
                    var node = origin.node()) {
                var tree = tree(node, origin.ready(node));
                var requests = IntStream.range(0, 1_000)
                        .mapToObj(i -> request("d/" + i, file(tree, "d/" + i), 0))
                        .toList();

                var chunks = node.chunks(requests);

                for (int i = 0; i < 1_000; i++) {
                    assertThat(chunks.get(i).answer()).isInstanceOf(ChunkAnswer.Data.class);
                    assertThat(chunks.get(i).bytes()).asString().isEqualTo("content of " + i);
                }
            }
        }

        @Test
        void namesAreBytesAndMayBe255OfThem() throws Exception {
            var odd = new byte[255];
            Arrays.fill(odd, (byte) 0xff);
            odd[0] = '\n';
            try (var dir = dev.aquifer.node.linux.Files.openRoot(source());
                    var made = dev.aquifer.node.linux.Files.open(dir, odd, Open.CREATE | Open.WRITE, 0644)) {
                assertThat(made.number()).isPositive();
            }

            try (var origin = RunningOrigin.start(settings());
                    var node = origin.node()) {
                assertThat(tree(node, origin.ready(node)).keySet())
                        .containsExactly(DatasetPath.ROOT.child(Name.of(odd)));
            }
        }

        @Test
        void aTreeDeeperThanAPathOfTheKernelIsServed() throws Exception {
            var path = makeDeepFile();

            try (var origin = RunningOrigin.start(settings());
                    var node = origin.node()) {
                var snapshot = origin.ready(node);
                var entry = (FileEntry) requireNonNull(tree(node, snapshot).get(path));

                var got = node.chunk(new ChunkRequest(path, entry.version(), entry.size(), 0, false, null));

                assertThat(got.bytes()).asString().isEqualTo("deep");
                assertThat(got.answer()).isInstanceOf(ChunkAnswer.Data.class);
            } finally {
                // no path is short enough for what removes the folder after the test
                new ProcessBuilder("rm", "-rf", source().toString()).start().waitFor();
            }
        }

        private DatasetPath makeDeepFile() throws IOException {
            var name = Name.of("d".repeat(250));
            var path = DatasetPath.ROOT;
            var dir = dev.aquifer.node.linux.Files.openRoot(source());
            for (int depth = 0; depth < 40; depth++) {
                dev.aquifer.node.linux.Files.mkdir(dir, name.bytes(), 0755);
                var next = Source.openDirectory(dir, name);
                dir.close();
                dir = next;
                path = path.child(name);
            }
            try (var at = dir;
                    var made = dev.aquifer.node.linux.Files.open(
                            at, new byte[] {'f'}, Open.CREATE | Open.READ_WRITE, 0644)) {
                Files.writeString(made.path(), "deep");
            }
            return path.child(Name.of("f"));
        }

        @Test
        void holesCostNoBytes() throws Exception {
            try (var sparse = new RandomAccessFile(source().resolve("sparse").toFile(), "rw")) {
                sparse.seek(3L * Chunks.SIZE);
                sparse.write(7);
            }
            rest(source().resolve("sparse"));

            try (var origin = RunningOrigin.start(settings());
                    var node = origin.node()) {
                var file = file(tree(node, origin.ready(node)), "sparse");

                assertThat(node.chunk(request("sparse", file, Chunks.SIZE)).answer())
                        .isEqualTo(new ChunkAnswer.Hole());
                assertThat(node.chunk(request("sparse", file, 3L * Chunks.SIZE)).bytes())
                        .containsExactly(7);
            }
        }

        @Test
        void aChunkThatTheNodeHasIsNotSentAgain() throws Exception {
            var content = random(100_000);
            rest(write("f", content));

            try (var origin = RunningOrigin.start(settings());
                    var node = origin.node()) {
                var file = file(tree(node, origin.ready(node)), "f");

                var same = node.chunk(request("f", file, 0, false, Hash.sha256(content)));
                var other = node.chunk(request("f", file, 0, false, Hash.sha256(new byte[0])));

                assertThat(same.answer()).isEqualTo(new ChunkAnswer.Same());
                assertThat(other.answer()).isEqualTo(new ChunkAnswer.Data(Hash.sha256(content)));
                assertThat(other.bytes()).isEqualTo(content);
            }
        }

        @Test
        void whatIsExcludedIsNeitherListedNorServed() throws Exception {
            write("results/secret", "x".getBytes(UTF_8));
            write("kept", "x".getBytes(UTF_8));
            rest(source().resolve("kept"));
            var settings = RunningOrigin.with(settings(), OnChange.WAIT, Set.of(DatasetPath.parse("results")), 0);

            try (var origin = RunningOrigin.start(settings);
                    var node = origin.node()) {
                var tree = tree(node, origin.ready(node));
                var kept = file(tree, "kept");

                assertThat(tree.keySet()).extracting(DatasetPath::toString).containsExactly("kept");
                assertThat(node.chunk(request("results/secret", kept, 0)).answer())
                        .isEqualTo(new ChunkAnswer.Gone());
                assertThat(node.chunk(request("lost+found/x", kept, 0)).answer())
                        .isEqualTo(new ChunkAnswer.Gone());
            }
        }

        @Test
        void whatPodsMountOtherVolumesOnComesWithTheSnapshotAsSoonAsItIsKnown() throws Exception {
            var settings = settings();
            try (var origin = RunningOrigin.start(settings);
                    var node = origin.node()) {
                assertThat(origin.ready(node).mountPoints()).isEmpty();

                try (var golden = OriginTest.class.getResourceAsStream("/contract/mount-points.json")) {
                    Files.write(settings.mountPoints(), requireNonNull(golden).readAllBytes());
                }
                assertThat(origin.ready(node).mountPoints())
                        .extracting(DatasetPath::toString)
                        .containsExactly("results", "software");

                Files.writeString(settings.mountPoints(), "[1, ");
                assertThat(origin.ready(node).mountPoints()).isEmpty();
            }
        }

        @Test
        void aLinkIsNeverFollowed() throws Exception {
            var outside = Files.writeString(folder.resolve("outside"), "secret");
            Files.createSymbolicLink(source().resolve("link"), outside);
            Files.createSymbolicLink(source().resolve("directory"), folder);
            rest(write("kept", new byte[] {1}));

            try (var origin = RunningOrigin.start(settings());
                    var node = origin.node()) {
                var kept = file(tree(node, origin.ready(node)), "kept");

                assertThat(node.chunk(request("link", kept, 0)).answer()).isEqualTo(new ChunkAnswer.Gone());
                assertThat(node.chunk(request("directory/outside", kept, 0)).answer())
                        .isEqualTo(new ChunkAnswer.Gone());
            }
        }
    }

    @Nested
    final class Changing {
        @Test
        void aFileRewrittenInPlaceWithItsTimePutBackIsFoundChanged() throws Exception {
            var file = write("f", random(200_000));
            write("other", new byte[] {1});
            rest(source().resolve("other"));

            try (var origin = RunningOrigin.start(settings());
                    var node = origin.node()) {
                var snapshot = origin.ready(node);
                var before = file(tree(node, snapshot), "f");
                var modified = Files.getLastModifiedTime(file);
                var content = random(200_000);
                content[5]++;
                Files.write(file, content);
                Files.setLastModifiedTime(file, modified);

                assertThat(node.chunk(request("f", before, 0)).answer()).isEqualTo(new ChunkAnswer.Changed());

                var next = (SnapshotAnswer.Ready) node.snapshotAfter(snapshot.snapshot(), 20);
                assertThat(next.snapshot()).isNotEqualTo(snapshot.snapshot());
                var after = file(tree(node, next), "f");
                var got = node.chunk(request("f", after, 0));
                assertThat(got.answer()).isEqualTo(new ChunkAnswer.Data(Hash.sha256(content)));
                assertThat(got.bytes()).isEqualTo(content);
            }
        }

        @Test
        void aDeletedFileIsGoneAndSoIsItsName() throws Exception {
            var file = write("d/f", new byte[] {1, 2});
            write("d/e", new byte[] {1});
            rest(source().resolve("d/e"));

            try (var origin = RunningOrigin.start(settings());
                    var node = origin.node()) {
                var snapshot = origin.ready(node);
                var entry = file(tree(node, snapshot), "d/f");
                Files.delete(file);

                assertThat(node.chunk(request("d/f", entry, 0)).answer()).isEqualTo(new ChunkAnswer.Gone());

                var next = (SnapshotAnswer.Ready) node.snapshotAfter(snapshot.snapshot(), 20);
                assertThat(tree(node, next).keySet())
                        .extracting(DatasetPath::toString)
                        .containsExactlyInAnyOrder("d", "d/e");
                assertThat(next.root().totals().files()).isEqualTo(1);
                assertThat(next.root().totals().bytes()).isEqualTo(1);
            }
        }

        @Test
        void aDirectoryThatTookAFilesPlaceIsWalked() throws Exception {
            var file = write("f", new byte[] {1, 2});
            rest(file);

            try (var origin = RunningOrigin.start(settings());
                    var node = origin.node()) {
                var snapshot = origin.ready(node);
                var entry = file(tree(node, snapshot), "f");
                Files.delete(file);
                write("f/a", new byte[] {1});
                write("f/b", new byte[] {1});

                assertThat(node.chunk(request("f", entry, 0)).answer()).isEqualTo(new ChunkAnswer.Changed());

                var next = (SnapshotAnswer.Ready) node.snapshotAfter(snapshot.snapshot(), 20);
                assertThat(tree(node, next).keySet())
                        .extracting(DatasetPath::toString)
                        .containsExactlyInAnyOrder("f", "f/a", "f/b");
                assertThat(next.root().totals().files()).isEqualTo(2);
                assertThat(next.root().totals().directories()).isEqualTo(1);
            }
        }

        @Test
        void aFileAppendedToForEverIsNamedWhileFillsWait() throws Exception {
            rest(write("kept", new byte[] {1}));

            try (var writer = new Appender(source().resolve("log"));
                    var origin = RunningOrigin.start(settings());
                    var node = origin.node()) {
                var snapshot = origin.ready(node);

                assertThat(writer.path()).exists();
                assertThat(snapshot.changing()).containsExactly(DatasetPath.parse("log"));
                assertThat(tree(node, snapshot)).containsKey(DatasetPath.parse("kept"));
                var entry = file(tree(node, snapshot), "log");
                assertThat(node.chunk(request("log", entry, 0)).answer()).isEqualTo(new ChunkAnswer.Changed());
            }
        }

        @Test
        void aFileAppendedToForEverIsLeftOutWhereTheOwnerSaysSkip() throws Exception {
            rest(write("kept", new byte[] {1}));
            var settings = RunningOrigin.with(settings(), OnChange.SKIP, Set.of(), 0);

            try (var writer = new Appender(source().resolve("log"));
                    var origin = RunningOrigin.start(settings);
                    var node = origin.node()) {
                var snapshot = origin.ready(node);

                assertThat(writer.path()).exists();
                assertThat(tree(node, snapshot).keySet())
                        .extracting(DatasetPath::toString)
                        .containsExactly("kept");
                assertThat(snapshot.leftOut()).singleElement().satisfies(left -> {
                    assertThat(left.reason()).isEqualTo(LeftOutReason.CHANGING);
                    assertThat(left.examples()).containsExactly(DatasetPath.parse("log"));
                });
            }
        }

        @Test
        void newFilesComeWithTheNextWalkThatANodeAsksFor() throws Exception {
            rest(write("f", new byte[] {1}));

            try (var origin = RunningOrigin.start(settings());
                    var node = origin.node()) {
                var first = origin.ready(node);
                rest(write("g", new byte[] {1}));

                await().atMost(SOON)
                        .untilAsserted(() -> assertThat(((SnapshotAnswer.Ready) node.snapshot())
                                        .root()
                                        .totals()
                                        .files())
                                .isEqualTo(2));
                assertThat(((SnapshotAnswer.Ready) node.snapshot()).snapshot()).isNotEqualTo(first.snapshot());
            }
        }

        @Test
        void anUnchangedSourceKeepsItsSnapshotThroughAllWalks() throws Exception {
            rest(write("f", new byte[] {1}));

            try (var origin = RunningOrigin.start(settings());
                    var node = origin.node()) {
                var first = origin.ready(node);

                await().atMost(SOON).until(() -> {
                    node.snapshot();
                    var walks = origin.registry().find("aquifer.origin.walk").timer();
                    return walks != null && walks.count() >= 3;
                });
                assertThat(((SnapshotAnswer.Ready) node.snapshot()).snapshot()).isEqualTo(first.snapshot());
            }
        }
    }

    @Nested
    final class Refusing {
        @Test
        void aNodeWithoutTheKeyGetsNothing() throws Exception {
            rest(write("f", new byte[] {1}));
            var otherKey =
                    DatasetKey.parse(Base64.getUrlEncoder().withoutPadding().encodeToString(random(32)));

            try (var origin = RunningOrigin.start(settings());
                    var wrongDataset = origin.client(TestAuthority.NODE, "f".repeat(32), RunningOrigin.KEY)) {
                for (var path : List.of("GET " + Wire.SNAPSHOT, "POST " + Wire.DIRECTORIES, "POST " + Wire.FILES)) {
                    try (var wrongKey = origin.client(TestAuthority.NODE, RunningOrigin.DATASET.value(), otherKey)) {
                        assertThat(wrongKey.refusal(path + " HTTP/1.1", new byte[0]))
                                .contains("401");
                        assertThatThrownBy(() -> wrongKey.refusal(path + " HTTP/1.1", new byte[0]))
                                .isInstanceOf(IOException.class);
                    }
                }
                assertThat(wrongDataset
                                .send("POST " + Wire.FILES + " HTTP/1.1", new byte[2])
                                .first())
                        .contains("401");
                assertThat(origin.counter("aquifer.origin.refused")).isEqualTo(4);
            }
        }

        @Test
        void anotherOriginIsNoNode() throws Exception {
            try (var origin = RunningOrigin.start(settings())) {
                assertThatIOException().isThrownBy(() -> {
                    try (var client = origin.client(
                            URI.create("aquifer://origin/tenant/aquifer-origin-x"),
                            RunningOrigin.DATASET.value(),
                            RunningOrigin.KEY)) {
                        client.snapshot();
                    }
                });
            }
        }

        @Test
        void aCertificateOfAnotherAuthorityIsNone() throws Exception {
            try (var origin = RunningOrigin.start(settings())) {
                var other = new TestAuthority().contexts(TestAuthority.NODE).context();
                assertThatIOException().isThrownBy(() -> {
                    try (var client =
                            new NodeClient(origin.port(), other, RunningOrigin.DATASET.value(), RunningOrigin.KEY)) {
                        client.snapshot();
                    }
                });
            }
        }

        @Test
        void aRequestThatIsNoneEndsTheConnectionWithASentence() throws Exception {
            try (var origin = RunningOrigin.start(settings());
                    var node = origin.node()) {
                assertThat(node.refusal("POST " + Wire.FILES + " HTTP/1.1", new byte[] {1, 2, 3}))
                        .contains("400")
                        .contains("Expected");
            }
        }
    }

    @Nested
    final class UnderLoad {
        @Test
        void readersThatTakeNothingHarmNoOther() throws Exception {
            rest(write("f", random(Chunks.SIZE)));

            try (var origin = RunningOrigin.start(settings());
                    var node = origin.node()) {
                var file = file(tree(node, origin.ready(node)), "f");
                var stuck = new ArrayList<NodeClient>();
                for (int i = 0; i < 100; i++) {
                    var client = origin.node();
                    stuck.add(client);
                    client.send(
                            "POST " + Wire.FILES + " HTTP/1.1",
                            ChunksCodec.encode(Collections.nCopies(4, request("f", file, 0))));
                }

                var got = node.chunk(request("f", file, 0));

                assertThat(got.answer()).isInstanceOf(ChunkAnswer.Data.class);
                for (var client : stuck) {
                    client.close();
                }
            }
        }

        @Test
        void aNodeThatNeverStopsIsLetGoOf() throws Exception {
            try (var origin = RunningOrigin.start(settings());
                    var node = origin.node()) {
                assertThat(node.refusal("POST " + Wire.FILES + " HTTP/1.1", new byte[] {1, 2, 3}))
                        .contains("400");

                assertThat(node.sendOn(Duration.ofSeconds(30)))
                        .as("whether it was still read from after half a minute")
                        .isFalse();
            }
        }

        @Test
        void manyRequestsAtOnceAreAllAnswered() throws Exception {
            rest(write("f", random(20_000)));
            var clients = new ArrayList<NodeClient>();

            try (var origin = RunningOrigin.start(settings());
                    var node = origin.node();
                    var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var file = file(tree(node, origin.ready(node)), "f");
                for (int i = 0; i < AT_ONCE; i++) {
                    clients.add(origin.node());
                }
                var results = clients.stream()
                        .map(client -> threads.submit(
                                () -> client.chunk(request("f", file, 0)).answer()))
                        .toList();

                for (var result : results) {
                    assertThat(result.get()).isInstanceOf(ChunkAnswer.Data.class);
                }
                for (var client : clients) {
                    client.close();
                }
            }
        }

        @Test
        void theBandwidthHasTheBoundThatIsSet() throws Exception {
            rest(write("f", random(Chunks.SIZE)));
            var settings = RunningOrigin.with(settings(), OnChange.WAIT, Set.of(), 4L * Chunks.SIZE);

            try (var origin = RunningOrigin.start(settings);
                    var node = origin.node()) {
                var file = file(tree(node, origin.ready(node)), "f");
                long start = System.nanoTime();

                for (int i = 0; i < 3; i++) {
                    node.chunk(request("f", file, 0));
                }

                assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(550));
            }
        }
    }
}
