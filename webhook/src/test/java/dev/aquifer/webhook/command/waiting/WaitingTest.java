package dev.aquifer.webhook.command.waiting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.aquifer.webhook.rest.ApiException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class WaitingTest {
    private static final Progress MISSING = Progress.missing("not yet");
    private static final Progress REACHED = Progress.reached("there");

    private final List<Progress> shown = new ArrayList<>();
    private final Waiting waiting = new Waiting(new Clockwork(), shown::add);

    /** Time that passes by pauses alone. */
    private static final class Clockwork implements Pace {
        private long nanos;

        @Override
        public long nanoTime() {
            return nanos;
        }

        @Override
        public void pause(Duration pause) {
            nanos += pause.toNanos();
        }
    }

    @Test
    void looksUntilItIsReached() throws InterruptedException {
        assertThat(waiting.until(Duration.ofSeconds(9), found(MISSING, MISSING, REACHED)))
                .isEqualTo(REACHED);
        assertThat(shown).containsExactly(MISSING, MISSING, REACHED);
    }

    @Test
    void endsWhenTheTimeIsUp() throws InterruptedException {
        assertThat(waiting.until(Duration.ofSeconds(2), found(MISSING, MISSING, MISSING, REACHED)))
                .isEqualTo(MISSING);
    }

    @Test
    void looksOnceWhereThereIsNoTime() throws InterruptedException {
        assertThat(waiting.until(Duration.ZERO, found(REACHED))).isEqualTo(REACHED);
    }

    @Test
    void bearsAnApiServerThatIsAwayForAWhile() throws InterruptedException {
        Deque<Supplier<Progress>> looks =
                new ArrayDeque<>(List.of(() -> MISSING, failing(ApiException.NONE), failing(503), () -> REACHED));

        assertThat(waiting.until(
                        Duration.ofSeconds(9), () -> looks.removeFirst().get()))
                .isEqualTo(REACHED);
        assertThat(shown).extracting(Progress::message).contains("the API server gives no answer: gone");
    }

    @Test
    void failsAtOnceWhereTheApiServerWasNeverThereOrRefuses() {
        for (List<Supplier<Progress>> looks : List.<List<Supplier<Progress>>>of(
                List.of(failing(ApiException.NONE)), List.of(() -> MISSING, failing(403)))) {
            Deque<Supplier<Progress>> left = new ArrayDeque<>(looks);
            assertThatExceptionOfType(ApiException.class)
                    .isThrownBy(() -> waiting.until(
                            Duration.ofSeconds(9), () -> left.removeFirst().get()));
        }
    }

    private static Supplier<Progress> found(Progress... all) {
        Deque<Progress> left = new ArrayDeque<>(List.of(all));
        return left::removeFirst;
    }

    private static Supplier<Progress> failing(int code) {
        return () -> {
            throw new ApiException(code, "gone");
        };
    }
}
