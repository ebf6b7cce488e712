package dev.aquifer.webhook.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class BelievedTest {
    private static final int MOST = 8192;

    private long now = Duration.ofHours(1).toNanos();
    private final Believed<String> believed = new Believed<>(() -> now);

    @Test
    void countsForFiveMinutes() {
        believed.put("one", "first");

        now += Duration.ofMinutes(5).toNanos();
        assertThat(believed.of("one")).isEqualTo("first");
        assertThat(believed.of("other")).isNull();

        now++;
        assertThat(believed.of("one")).isNull();

        believed.put("one", "second");
        assertThat(believed.of("one")).isEqualTo("second");
    }

    @Test
    void forgetsWhatWasSaidFirstWhenThereIsTooMuch() {
        for (int i = 0; i <= MOST; i++) {
            believed.put("key-" + i, "said");
        }

        assertThat(believed.of("key-0")).isNull();
        assertThat(believed.of("key-1")).isEqualTo("said");
        assertThat(believed.of("key-" + MOST)).isEqualTo("said");
    }
}
