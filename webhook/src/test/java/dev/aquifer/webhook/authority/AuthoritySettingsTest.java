package dev.aquifer.webhook.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthoritySettingsTest {
    @Test
    void rotatesAtTwoThirdsOfAYearByDefault() {
        var settings = AuthoritySettings.defaults();

        assertThat(settings.caLifetime()).isEqualTo(Duration.ofDays(365));
        assertThat(settings.caRotation())
                .isEqualTo(Duration.ofDays(365).multipliedBy(2).dividedBy(3));
        assertThat(settings.leafLifetime()).isEqualTo(Duration.ofDays(7));
        assertThat(settings.settle()).isEqualTo(Duration.ofMinutes(5));
        assertThat(settings.tick()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void takesAnAuthorityThatChangesEveryThreeSeconds() {
        new AuthoritySettings(
                Duration.ofMinutes(1),
                Duration.ofSeconds(3),
                Duration.ofSeconds(8),
                Duration.ofSeconds(1),
                Duration.ofMillis(250));
    }

    @ParameterizedTest
    @CsvSource({
        "PT600S, PT0S, PT60S, PT30S, PT10S, caRotation",
        "PT600S, PT200S, PT60S, PT0S, PT10S, settle",
        "PT600S, PT200S, PT60S, PT30S, PT0S, tick",
        "PT20000S, PT200S, PT600S, PT30S, PT61S, tick of at most 1 minute",
        "PT600S, PT200S, PT29S, PT30S, PT10S, leafLifetime",
        "PT600S, PT200S, PT0.9S, PT30S, PT0.1S, leafLifetime",
        "PT269S, PT200S, PT60S, PT30S, PT10S, caLifetime",
    })
    void refusesLivesThatCannotWork(
            Duration ca, Duration rotation, Duration leaf, Duration settle, Duration tick, String named) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AuthoritySettings(ca, rotation, leaf, settle, tick))
                .withMessageStartingWith("Expected")
                .withMessageContaining(named);
    }
}
