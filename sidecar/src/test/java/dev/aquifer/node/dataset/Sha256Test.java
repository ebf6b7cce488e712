package dev.aquifer.node.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class Sha256Test {
    @ParameterizedTest
    @CsvSource({
        "'',e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "abc,ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    })
    void theHashOfATextIsTheStandards(String text, String hash) {
        assertThat(Hash.sha256(text.getBytes(StandardCharsets.US_ASCII)).hex()).isEqualTo(hash);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void partsOfBuffersCountAsOne(boolean outsideTheHeap) {
        byte[] bytes = new byte[100_000];
        new Random(1).nextBytes(bytes);
        ByteBuffer all = (outsideTheHeap
                        ? ByteBuffer.allocateDirect(bytes.length + 7)
                        : ByteBuffer.allocate(bytes.length + 7))
                .position(7)
                .slice()
                .put(bytes);
        Sha256 computing = Sha256.begin();
        for (int from = 0, to = 0; from < bytes.length; from = to) {
            to = Math.min(bytes.length, 3 * from + 1);
            ByteBuffer part = all.slice(from, to - from);

            computing.update(part);

            assertThat(part.remaining()).isEqualTo(to - from);
        }
        assertThat(computing.hash()).isEqualTo(Hash.sha256(bytes));
    }

    @Test
    void aRangeOfBytesIsAllThatCounts() {
        Sha256 computing = Sha256.begin();
        computing.update(new byte[] {1, 'a', 'b', 2}, 1, 2);
        computing.update(new byte[] {'c'});
        assertThat(computing.hash()).isEqualTo(Hash.sha256(new byte[] {'a', 'b', 'c'}));
    }
}
