package dev.aquifer.webhook.binder.requests;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EventsTest {
    @ParameterizedTest
    @CsvSource({
        "2026-11-21T08:59:08Z, 2026-11-21T08:59:08.000000Z",
        "2026-11-21T08:59:08.934Z, 2026-11-21T08:59:08.934000Z",
        "2026-11-21T08:59:08.934567891Z, 2026-11-21T08:59:08.934567Z"
    })
    void writesTimesWithSixDigitsAlways(Instant time, String text) {
        assertThat(Events.microTime(time)).isEqualTo(text);
    }

    /** Names of pods and of SharedVolumes may be that long. */
    @Test
    void namesAnEventOfWhateverHasALongName() {
        assertThat(Events.name("ref", 1)).isEqualTo("ref.0000000000000001");
        assertThat(Events.name("a".repeat(253), 1)).hasSize(253).endsWith("a.0000000000000001");
        assertThat(Events.name("a".repeat(235) + "." + "b".repeat(17), 1))
                .isEqualTo("a".repeat(235) + ".0000000000000001");
    }
}
