package dev.aquifer.webhook.management;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class KeptAnswerTest {
    private long now = Long.MAX_VALUE - 1; // nanoTime may overflow
    private @Nullable String problem;
    private int asked;
    private final KeptAnswer answer = new KeptAnswer(
            () -> {
                asked++;
                return problem;
            },
            () -> now);

    @Test
    void asksOnceASecondWhileAllIsWell() {
        assertThat(answer.get()).isNull();
        problem = "expired";
        pass(Duration.ofMillis(999));
        assertThat(answer.get()).isNull();
        assertThat(asked).isEqualTo(1);
        pass(Duration.ofMillis(1));
        assertThat(answer.get()).isEqualTo("expired");
    }

    @Test
    void asksTenTimesASecondWhileThereIsAProblem() {
        problem = "expired";
        assertThat(answer.get()).isEqualTo("expired");
        problem = null;
        pass(Duration.ofMillis(99));
        assertThat(answer.get()).isEqualTo("expired");
        pass(Duration.ofMillis(1));
        assertThat(answer.get()).isNull();
        assertThat(asked).isEqualTo(2);
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }
}
