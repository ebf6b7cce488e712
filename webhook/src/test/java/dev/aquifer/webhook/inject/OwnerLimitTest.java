package dev.aquifer.webhook.inject;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OwnerLimitTest {
    @Test
    void leavesAllInWhileTheyAreWithinTheLimit() {
        assertThat(OwnerLimit.over(5, volumes("a", 3, "b", 2))).isEmpty();
    }

    @Test
    void leavesOutTheOwnerWithTheMost() {
        assertThat(OwnerLimit.over(5, volumes("a", 2, "b", 9, "c", 3))).containsExactly("b");
    }

    @Test
    void leavesOutAsManyOwnersAsItTakes() {
        assertThat(OwnerLimit.over(5, volumes("a", 4, "b", 6, "c", 4))).containsExactly("b", "a");
    }

    @Test
    void doesNotDependOnTheOrderOfTheVolumes() {
        List<String> reversed = new ArrayList<>(volumes("a", 4, "b", 4));
        Collections.reverse(reversed);

        assertThat(OwnerLimit.over(5, reversed)).isEqualTo(OwnerLimit.over(5, volumes("a", 4, "b", 4)));
    }

    private static List<String> volumes(Object... ownersAndCounts) {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < ownersAndCounts.length; i += 2) {
            String owner = ownersAndCounts[i] + "/";
            IntStream.range(0, (int) ownersAndCounts[i + 1]).forEach(n -> keys.add(owner + n));
        }
        return keys;
    }
}
