package dev.aquifer.node.scrub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.node.dataset.DatasetId;
import dev.aquifer.node.testing.FakeSource;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class UnfinishedTest {
    private static final Unfinished.Key ONE = new Unfinished.Key(new DatasetId("1".repeat(32)), new FakeSource().id());
    /** The same snapshot, shared twice. */
    private static final Unfinished.Key OTHER = new Unfinished.Key(new DatasetId("2".repeat(32)), ONE.snapshot());

    private final Unfinished unfinished = new Unfinished();

    @Test
    void sumsUpWhatIsLeftOfEachDataset() {
        unfinished.left(ONE, 2);
        unfinished.left(OTHER, 3);
        assertThat(unfinished.left()).isEqualTo(5);

        unfinished.left(ONE, 0);
        assertThat(unfinished.left()).isEqualTo(3);
    }

    @Test
    void tellsNewsFromTheSameAgain() {
        assertThat(unfinished.failed(ONE, "away")).isTrue();
        assertThat(unfinished.failed(ONE, "away")).isFalse();
        assertThat(unfinished.failed(OTHER, "away")).isTrue();
        assertThat(unfinished.failed(ONE, "full")).isTrue();
        assertThat(unfinished.keys()).containsExactlyInAnyOrder(ONE, OTHER);

        unfinished.ended(ONE);
        assertThat(unfinished.keys()).containsExactly(OTHER);
        assertThat(unfinished.failed(ONE, "full")).isTrue();
    }

    @Test
    void forgetsWhatIsGone() {
        unfinished.left(ONE, 2);
        unfinished.failed(ONE, "away");
        unfinished.left(OTHER, 3);
        unfinished.retain(Set.of(OTHER));

        assertThat(unfinished.left()).isEqualTo(3);
        assertThat(unfinished.keys()).isEmpty();
    }
}
