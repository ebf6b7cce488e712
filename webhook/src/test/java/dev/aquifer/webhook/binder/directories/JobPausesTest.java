package dev.aquifer.webhook.binder.directories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.webhook.binder.pace.Backoff;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class JobPausesTest {
    private final JobPauses pauses = new JobPauses(new Backoff(Duration.ofMinutes(1), Duration.ofHours(1), () -> 1));

    private Duration after(String job, String uid) {
        return pauses.after("volume", job, uid);
    }

    @Test
    void areTwiceAsLongEachTimeUpToTheLongest() {
        assertThat(after("job", "1")).isEqualTo(Duration.ofMinutes(1));
        assertThat(after("job", "2")).isEqualTo(Duration.ofMinutes(2));
        for (int number = 3; number < 7; number++) {
            after("job", String.valueOf(number));
        }
        assertThat(after("job", "7")).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void stayAsTheyAreHoweverOftenOneJobIsLookedAt() {
        after("job", "1");
        assertThat(after("job", "2")).isEqualTo(Duration.ofMinutes(2));
        assertThat(after("job", "2")).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void beginAnewWithOtherWork() {
        after("job", "1");
        assertThat(after("other", "2")).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void beginAnewOnceTheVolumeIsForgotten() {
        after("job", "1");
        pauses.forget("volume");
        assertThat(after("job", "2")).isEqualTo(Duration.ofMinutes(1));
    }
}
