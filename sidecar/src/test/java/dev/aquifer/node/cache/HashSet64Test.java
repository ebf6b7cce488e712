package dev.aquifer.node.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.node.dataset.Hash;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HashSet64Test {
    @Test
    void hasWhatWasPutThereAndNothingElse() {
        HashSet64 set = new HashSet64();
        List<Hash> put = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            Hash hash = hash(i);
            put.add(hash);
            assertThat(set.add(hash)).isTrue();
        }

        assertThat(put).allMatch(set::contains).noneMatch(set::add);
        for (int i = 10_000; i < 20_000; i++) {
            assertThat(set.contains(hash(i))).isFalse();
        }
    }

    @Test
    void hasHashesThatBeginWithZeros() {
        HashSet64 set = new HashSet64();
        Hash zeros = Hash.of(new byte[Hash.LENGTH]);

        assertThat(set.contains(zeros)).isFalse();
        assertThat(set.add(zeros)).isTrue();
        assertThat(set.contains(zeros)).isTrue();
    }

    private static Hash hash(int number) {
        return Hash.sha256(ByteBuffer.allocate(4).putInt(number).array());
    }
}
