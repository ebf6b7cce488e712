package dev.aquifer.node.origin.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.node.dataset.DatasetPath;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class YoungFilesTest {
    private final YoungFiles young = new YoungFiles(3);

    @Test
    void areThoseOfTheLastTwoSeconds() {
        add("a", 10_000);
        add("b", 6_000);
        add("c", 7_999);

        assertThat(young.paths()).containsExactlyInAnyOrder(DatasetPath.parse("b"), DatasetPath.parse("c"));
        assertThat(young.isOverflown()).isFalse();
    }

    @Test
    void giveWayToYoungerOnes() {
        for (int i = 100; i > 0; i--) {
            add("f" + i, i * 1_000L);
        }

        assertThat(young.paths()).containsExactlyInAnyOrder(DatasetPath.parse("f1"), DatasetPath.parse("f2"));
        assertThat(young.isOverflown()).isFalse();
    }

    @Test
    void haveAnEnd() {
        add("a", 1);
        add("b", 2);
        add("c", 3);
        add("old", 2_001);
        assertThat(young.isOverflown()).isFalse();

        add("d", 4);
        assertThat(young.isOverflown()).isTrue();
        assertThat(young.paths()).hasSize(3);
    }

    @Test
    void areFewAgainOnceAYoungerOneIsFound() {
        for (int i = 0; i < 10; i++) {
            add("f" + i, 30_000 + i);
        }
        assertThat(young.isOverflown()).isTrue();

        add("youngest", 0);
        assertThat(young.isOverflown()).isFalse();
        assertThat(young.paths()).containsExactly(DatasetPath.parse("youngest"));
    }

    @Test
    void areNoneAtFirst() {
        assertThat(young.paths()).isEmpty();
        assertThat(young.isOverflown()).isFalse();
    }

    private void add(String path, long millis) {
        young.add(DatasetPath.parse(path), TimeUnit.MILLISECONDS.toNanos(millis));
    }

    @Test
    void giveWayToYoungerOnesWhereTheServersClockIsAhead() {
        for (int i = 0; i < 100; i++) {
            add("f" + i, -i * 1_000L);
        }

        assertThat(young.paths()).containsExactlyInAnyOrder(DatasetPath.parse("f98"), DatasetPath.parse("f99"));
        assertThat(young.isOverflown()).isFalse();
    }
}
