package dev.aquifer.node.origin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aquifer.node.dataset.Chunks;
import dev.aquifer.node.dataset.DatasetPath;
import dev.aquifer.node.dataset.FileEntry;
import dev.aquifer.node.dataset.Hash;
import dev.aquifer.node.identity.TlsContexts;
import dev.aquifer.node.origin.snapshots.OnUnreadable;
import dev.aquifer.node.testing.TestAuthority;
import dev.aquifer.node.transfer.ChunkAnswer;
import dev.aquifer.node.transfer.ChunkRequest;
import dev.aquifer.node.transfer.ChunksCodec;
import dev.aquifer.node.transfer.RecordsCodec;
import dev.aquifer.node.transfer.SnapshotAnswer;
import dev.aquifer.node.transfer.Wire;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests of a thousand nodes at once, none of which reads its answer, to an origin with the memory of its pod. */
final class ManyRequestsTest {
    private static final int REQUESTS = 1_000;

    private static final int OTHER_NODES = 10;
    /** The limit of its pod. */
    private static final long MEMORY = 768L << 20;
    /** Beside a connection and a file for each. */
    private static final int MORE_FILES = 20;

    /** What is in the largest directory, whose record has nearly a mebibyte. */
    private static final int LINKS = 250;

    private static final int LONGEST_TARGET = 4_000;
    private static final URI OTHER_NODE = URI.create("aquifer://node/node-2");

    @TempDir
    Path folder;

    private final TestAuthority authority = new TestAuthority();
    private final TlsContexts nodes = authority.contexts(TestAuthority.NODE);

    @Test
    void takeBoundedMemoryAndFilesAndHarmNoOther() throws Exception {
        byte[] content = new byte[Chunks.SIZE];
        new Random(1).nextBytes(content);
        Path source = Files.createDirectory(folder.resolve("source"));
        Files.write(source.resolve("f"), content);
        List<NodeClient> stuck = new ArrayList<>();

        try (SeparateOrigin origin = new SeparateOrigin(source, folder.resolve("state"), OnUnreadable.FAIL, authority);
                NodeClient node = client(origin)) {
            ChunkRequest request = request(node);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> node.chunk(request).answer() instanceof ChunkAnswer.Data);
            long before = origin.openFiles();
            List<TlsContexts> others = IntStream.range(0, OTHER_NODES)
                    .mapToObj(i -> authority.contexts(URI.create("aquifer://node/other-" + i)))
                    .toList();
            for (int i = 0; i < REQUESTS; i++) {
                NodeClient client = client(origin, others.get(i % OTHER_NODES));
                stuck.add(client);
                client.holdLittle();
                client.send("POST " + Wire.FILES + " HTTP/1.1", ChunksCodec.encode(Collections.nCopies(4, request)));
            }

            NodeClient.Chunk got = node.chunk(request);

            assertThat(got.answer()).isEqualTo(new ChunkAnswer.Data(Hash.sha256(content)));
            assertThat(got.bytes()).isEqualTo(content);
            assertThat(origin.openFiles()).isBetween(before + REQUESTS, before + 2 * REQUESTS + MORE_FILES);
            assertThat(origin.mostMemory()).isLessThan(MEMORY);

            for (NodeClient client : stuck) {
                client.close();
            }
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(origin.openFiles()).isLessThan(before + MORE_FILES));
        }
    }

    @Test
    void ofOneNodeForRecordsTakeBoundedMemoryAndHarmNoOther() throws Exception {
        Path source = Files.createDirectory(folder.resolve("source"));
        for (int i = 0; i < LINKS; i++) {
            Files.createSymbolicLink(source.resolve("x" + i), Path.of("x".repeat(LONGEST_TARGET)));
        }
        List<NodeClient> stuck = new ArrayList<>();

        try (SeparateOrigin origin = new SeparateOrigin(source, folder.resolve("state"), OnUnreadable.FAIL, authority);
                NodeClient other = client(origin, authority.contexts(OTHER_NODE))) {
            Hash content = other.root(ready(other).snapshot()).content();
            assertThat(other.records(List.of(content)).getFirst()).hasSizeGreaterThan(LINKS * LONGEST_TARGET);
            byte[] body = RecordsCodec.encode(Collections.nCopies(Wire.MOST_RECORDS, content));
            for (int i = 0; i < REQUESTS / 4; i++) {
                NodeClient client = client(origin);
                stuck.add(client);
                client.holdLittle();
                client.ask("POST " + Wire.DIRECTORIES + " HTTP/1.1", body);
            }

            assertThat(other.entries(content)).hasSize(LINKS);
            assertThat(origin.mostMemory()).isLessThan(MEMORY);

            for (NodeClient client : stuck) {
                client.close();
            }
        }
    }

    private NodeClient client(SeparateOrigin origin) throws IOException {
        return client(origin, nodes);
    }

    private static NodeClient client(SeparateOrigin origin, TlsContexts node) throws IOException {
        return new NodeClient(origin.port(), node.context(), RunningOrigin.DATASET.value(), RunningOrigin.KEY);
    }

    private static ChunkRequest request(NodeClient node) throws IOException {
        FileEntry file = (FileEntry)
                node.entries(node.root(ready(node).snapshot()).content()).getFirst();
        return new ChunkRequest(DatasetPath.parse("f"), file.version(), file.size(), 0, false, null);
    }

    private static SnapshotAnswer.Ready ready(NodeClient node) {
        return (SnapshotAnswer.Ready)
                await().atMost(Duration.ofSeconds(30)).until(node::snapshot, SnapshotAnswer.Ready.class::isInstance);
    }
}
