package dev.aquifer.webhook.binder.pairs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class RefusalsTest {
    private final Refusals refusals = new Refusals();

    @Test
    void theRefusedComeLastAndTheLongestRefusedFirstAmongThem() {
        refusals.add("uid", "b");
        refusals.add("uid", "a");

        assertThat(refusals.order("uid", List.of("a", "b", "c", "d"))).containsExactly("c", "d", "b", "a");

        refusals.add("uid", "b");
        assertThat(refusals.order("uid", List.of("a", "b", "c"))).containsExactly("c", "a", "b");
    }

    @Test
    void whatIsNoNewPairAnyMoreIsForgotten() {
        refusals.add("uid", "a");
        refusals.order("uid", List.of("b"));

        assertThat(refusals.contains("uid", "a")).isFalse();
        assertThat(refusals.order("uid", List.of("a", "b"))).containsExactly("a", "b");
    }

    @Test
    void anotherVolumesRefusalsAreNotOnesOwn() {
        refusals.add("other", "a");

        assertThat(refusals.order("uid", List.of("a", "b"))).containsExactly("a", "b");
    }
}
