package dev.aquifer.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LastResortTest {
    private final List<Integer> ends = new ArrayList<>();
    private final LastResort lastResort = new LastResort(ends::add);

    @Test
    void endsTheProcessThatHasNoMemoryLeft() {
        lastResort.uncaughtException(Thread.currentThread(), new OutOfMemoryError("heap"));
        assertThat(ends).containsExactly(1);
    }

    @Test
    void letsAnyOtherFailureEndItsThreadOnly() {
        lastResort.uncaughtException(Thread.currentThread(), new IllegalStateException("one connection"));
        assertThat(ends).isEmpty();
    }
}
