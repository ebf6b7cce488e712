package dev.aquifer.node.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ChunksTest {
    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "4194304, 1", "4194305, 2", "9223372036854775807, 2199023255552"})
    void aFileHasAsManyChunksAsItTakes(long size, long chunks) {
        assertThat(Chunks.count(size)).isEqualTo(chunks);
    }

    @Test
    void theLengthsOfAllChunksAddUpToTheSize() {
        long size = 3L * Chunks.SIZE + 17;
        long sum = 0;
        for (long chunk = 0; chunk < Chunks.count(size); chunk++) {
            sum += Chunks.length(size, Chunks.offset(chunk));
        }

        assertThat(sum).isEqualTo(size);
    }

    @ParameterizedTest
    @CsvSource({"10, -1", "10, 1", "10, 4194304", "4194304, 4194304", "0, 0", "-5, 0"})
    void refusesAnOffsetWhereNoChunkBegins(long size, long offset) {
        assertThatExceptionOfType(InvalidListing.class).isThrownBy(() -> Chunks.length(size, offset));
    }
}
