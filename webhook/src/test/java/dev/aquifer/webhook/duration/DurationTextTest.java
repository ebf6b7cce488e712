package dev.aquifer.webhook.duration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DurationTextTest {
    @ParameterizedTest
    @CsvSource({
        "0, PT0S",
        "0s, PT0S",
        "2s, PT2S",
        "500ms, PT0.5S",
        "1h30m, PT1H30M",
        "1m0s, PT1M",
        "1.5s, PT1.5S",
        "10us, PT0.00001S",
        "10µs, PT0.00001S",
        "7ns, PT0.000000007S",
        "365d, PT8760H",
        "0.5ns, PT0S"
    })
    void readsWhatGoWrites(String text, Duration duration) {
        assertThat(DurationText.parse(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "-1s", "1 s", "s", "1.s", "1..5s", "PT2S", "1w", "9999999999s", "1s\n"})
    void refusesAnythingElse(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DurationText.parse(text))
                .withMessageContaining("expected a duration such as 500ms");
    }
}
