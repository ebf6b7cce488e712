package dev.aquifer.node.fill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aquifer.node.dataset.Hash;
import dev.aquifer.node.dataset.InvalidListing;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;

final class HashStackTest {
    @Test
    void givesBackTheLastFirst() {
        HashStack stack = new HashStack(1_000);
        Deque<Hash> expected = new ArrayDeque<>();
        for (int i = 0; i < 1_000; i++) {
            Hash hash = Hash.sha256(new byte[] {(byte) i, (byte) (i >> 8)});
            stack.push(hash);
            expected.push(hash);
        }
        while (!expected.isEmpty()) {
            assertThat(stack.pop()).isEqualTo(expected.pop());
        }
        assertThat(stack.isEmpty()).isTrue();
    }

    @Test
    void takesNoMoreThanItsBound() {
        HashStack stack = new HashStack(100);
        for (int i = 0; i < 100; i++) {
            stack.push(Hash.sha256(new byte[1]));
        }
        assertThatThrownBy(() -> stack.push(Hash.sha256(new byte[1])))
                .isInstanceOf(InvalidListing.class)
                .hasMessageContaining("at most 100");
    }
}
