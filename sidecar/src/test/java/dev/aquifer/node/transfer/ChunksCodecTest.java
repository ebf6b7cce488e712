package dev.aquifer.node.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.aquifer.node.dataset.Chunks;
import dev.aquifer.node.dataset.DatasetPath;
import dev.aquifer.node.dataset.Hash;
import dev.aquifer.node.dataset.InvalidListing;
import dev.aquifer.node.dataset.Timestamp;
import dev.aquifer.node.dataset.Version;
import dev.aquifer.node.testing.Mutations;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class ChunksCodecTest {
    private static final Version VERSION = new Version(new Timestamp(1_700_000_000, 9), 42);
    private static final Hash KNOWN = Hash.sha256(new byte[] {1});
    private static final List<ChunkRequest> REQUESTS = List.of(
            new ChunkRequest(DatasetPath.parse("a/b"), VERSION, 10, 0, false, null),
            new ChunkRequest(DatasetPath.parse("c"), VERSION, 9L << 30, 8L << 30, true, KNOWN));

    @Test
    void requestsComeBackAsTheyWere() throws Exception {
        var body = ChunksCodec.encode(REQUESTS);

        var parsed = ChunksCodec.parse(body);
        assertThat(parsed).containsExactlyElementsOf(REQUESTS);
        // as often as it is asked for
        var again = new ArrayList<ChunkRequest>();
        parsed.forEach(again::add);
        assertThat(again).isEqualTo(REQUESTS);
        assertThat(body)
                .hasSize(2 + REQUESTS.stream().mapToInt(ChunksCodec::length).sum());
    }

    @Test
    void moreChunksOrBytesThanOneRequestMayHaveAreRefused() {
        var small = new ChunkRequest(DatasetPath.parse("a"), VERSION, 1, 0, false, null);
        var full = new ChunkRequest(DatasetPath.parse("a"), VERSION, Chunks.SIZE, 0, false, null);

        assertThatExceptionOfType(InvalidListing.class)
                .isThrownBy(() -> ChunksCodec.encode(Collections.nCopies(Wire.MOST_CHUNKS + 1, small)));
        assertThatExceptionOfType(InvalidListing.class)
                .isThrownBy(() -> ChunksCodec.encode(Collections.nCopies(5, full)))
                .withMessageContaining("found 5 of 20971520");
    }

    @Test
    void hostileBytesAreRefusedOrAreTheOneEncoding() {
        var seeds = List.of(ChunksCodec.encode(REQUESTS), ChunksCodec.encode(List.of()));
        var accepted = new AtomicInteger();

        Mutations.of(19, seeds).forEach(input -> {
            try {
                var parsed = new ArrayList<ChunkRequest>();
                ChunksCodec.parse(input).forEach(parsed::add);
                assertThat(ChunksCodec.encode(parsed)).isEqualTo(input);
                accepted.incrementAndGet();
            } catch (InvalidMessage e) {
                assertThat(e).hasMessageStartingWith("Expected");
            }
        });

        assertThat(accepted).hasPositiveValue();
    }
}
