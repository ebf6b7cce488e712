package dev.aquifer.node.origin.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.node.dataset.DatasetPath;
import dev.aquifer.node.dataset.Timestamp;
import dev.aquifer.node.dataset.Version;
import dev.aquifer.node.linux.Files;
import dev.aquifer.node.linux.Metadata;
import dev.aquifer.node.linux.Open;
import dev.aquifer.node.origin.disk.DigestStore;
import dev.aquifer.node.origin.source.Freshness;
import dev.aquifer.node.origin.source.Mark;
import dev.aquifer.node.origin.source.Source;
import dev.aquifer.node.transfer.ChunkAnswer;
import dev.aquifer.node.transfer.ChunkRequest;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ChunkOpenerTest {
    /** Nothing is mapped at its start: the kernel answers EIO. */
    private static final Path UNREADABLE = Path.of("/proc/self/mem").toAbsolutePath();

    private static final DatasetPath PATH = DatasetPath.parse("rotten");
    private static final ChunkRequest REQUEST =
            new ChunkRequest(PATH, new Version(new Timestamp(1, 2), 3), 100, 0, false, null);

    @TempDir
    Path folder;

    private final Map<DatasetPath, Mark> reports = new HashMap<>();

    @Test
    void aFileWhoseReadFailsIsReportedAndSaidToBeUnreadable() throws Exception {
        try (var source = Source.open(folder, Set.of());
                var digests = new DigestStore(folder.resolve("digests"));
                var file = Files.open(UNREADABLE.toRealPath(), Open.READ)) {
            var freshness = new Freshness(InstantSource.system(), null);
            var opener = new ChunkOpener(source, digests, freshness, reports::put);
            var chunk = new OpenChunk(REQUEST, file, Metadata.stat(file), null);
            while (!chunk.isDone()) {
                chunk.read(ByteBuffer.allocateDirect(64));
            }

            assertThat(opener.ended(chunk)).isEqualTo(new ChunkAnswer.Unreadable());
            assertThat(reports).containsExactly(Map.entry(PATH, Mark.READ_AGAIN));
        }
    }
}
