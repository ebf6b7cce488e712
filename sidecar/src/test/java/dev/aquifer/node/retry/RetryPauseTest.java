package dev.aquifer.node.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class RetryPauseTest {
    private final RetryPause pause = new RetryPause(Duration.ofSeconds(1), Duration.ofSeconds(5));

    @Test
    void doublesUpToTheLongest() {
        assertThat(Stream.generate(pause::next).limit(5).map(Duration::toSeconds))
                .containsExactly(1L, 2L, 4L, 5L, 5L);
    }

    @Test
    void beginsAnewOnceSomethingWentWell() {
        pause.next();
        pause.next();
        pause.reset();
        assertThat(pause.next()).isEqualTo(Duration.ofSeconds(1));
        assertThat(pause.next()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void isNeverLongerThanTheLongestOnceTheFirstIsIt() {
        RetryPause even = new RetryPause(Duration.ofSeconds(3), Duration.ofSeconds(3));
        assertThat(even.next()).isEqualTo(even.next()).isEqualTo(Duration.ofSeconds(3));
    }
}
