package dev.aquifer.node.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.aquifer.node.dataset.DatasetPath;
import dev.aquifer.node.dataset.Hash;
import dev.aquifer.node.dataset.Timestamp;
import dev.aquifer.node.dataset.Version;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ChunkReaderTest {
    private static final byte[] CONTENT = "hello".getBytes(StandardCharsets.US_ASCII);
    private static final Version VERSION = new Version(new Timestamp(1, 2), 3);
    private static final ChunkRequest REQUEST =
            new ChunkRequest(DatasetPath.parse("a"), VERSION, CONTENT.length, 0, false, null);
    private static final ChunkRequest WITH_DIGEST =
            new ChunkRequest(DatasetPath.parse("a"), VERSION, CONTENT.length, 0, false, Hash.sha256(CONTENT));

    private final ByteArrayOutputStream wire = new ByteArrayOutputStream();
    private final ChunkWriter writer = new ChunkWriter(wire);

    @Test
    void eachAnswerComesBackAsItWas() throws Exception {
        writer.begin();
        writer.bytes(CONTENT, 0, 2);
        writer.bytes(CONTENT, 2, 3);
        writer.end(new ChunkAnswer.Data(Hash.sha256(CONTENT)));
        writer.write(new ChunkAnswer.Hole());
        writer.write(new ChunkAnswer.Gone());
        writer.write(new ChunkAnswer.Changed());
        writer.write(new ChunkAnswer.Unreadable());
        writer.write(new ChunkAnswer.Same());

        var reader = reader();
        var into = new byte[CONTENT.length];
        assertThat(reader.next(REQUEST, into)).isEqualTo(new ChunkAnswer.Data(Hash.sha256(CONTENT)));
        assertThat(into).isEqualTo(CONTENT);
        assertThat(reader.next(REQUEST, into)).isEqualTo(new ChunkAnswer.Hole());
        assertThat(reader.next(REQUEST, into)).isEqualTo(new ChunkAnswer.Gone());
        assertThat(reader.next(REQUEST, into)).isEqualTo(new ChunkAnswer.Changed());
        assertThat(reader.next(REQUEST, into)).isEqualTo(new ChunkAnswer.Unreadable());
        assertThat(reader.next(WITH_DIGEST, into)).isEqualTo(new ChunkAnswer.Same());
    }

    @Test
    void bytesOfAFileThatChangedMeanwhileOrCouldNotBeReadDoNotCount() throws Exception {
        for (var answer : List.of(new ChunkAnswer.Changed(), new ChunkAnswer.Unreadable())) {
            wire.reset();
            writer.begin();
            writer.bytes(CONTENT, 0, CONTENT.length);
            writer.end(answer);

            assertThat(reader().next(REQUEST, new byte[CONTENT.length])).isEqualTo(answer);
        }
    }

    @Test
    void sameIsRefusedWhereNoDigestWasNamed() throws Exception {
        writer.write(new ChunkAnswer.Same());

        assertThatExceptionOfType(InvalidMessage.class).isThrownBy(() -> reader().next(REQUEST, new byte[5]));
    }

    @Test
    void anAnswerCutAnywhereIsNoAnswer() throws IOException {
        writer.begin();
        writer.bytes(CONTENT, 0, CONTENT.length);
        writer.end(new ChunkAnswer.Data(Hash.sha256(CONTENT)));
        var whole = wire.toByteArray();

        for (int length = 0; length < whole.length; length++) {
            var cut = new ChunkReader(new ByteArrayInputStream(whole, 0, length));
            assertThatExceptionOfType(EOFException.class).isThrownBy(() -> cut.next(REQUEST, new byte[5]));
        }
    }

    private ChunkReader reader() {
        return new ChunkReader(new ByteArrayInputStream(wire.toByteArray()));
    }
}
