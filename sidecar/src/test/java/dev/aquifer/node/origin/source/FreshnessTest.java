package dev.aquifer.node.origin.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.node.linux.Timespec;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FreshnessTest {
    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00.5Z");

    @ParameterizedTest
    @CsvSource({
        "0, true",
        "-1999, true",
        "-2000, false",
        "1999, true",
        "2000, false",
        "-3600000, false",
        "99999999999, false"
    })
    void aFileIsFreshWithinTwoSecondsOnEitherSide(long millisFromNow, boolean fresh) {
        var time = NOW.plusMillis(millisFromNow);
        var stamp = new Timespec(time.getEpochSecond(), time.getNano());
        var longAgo = new Timespec(0, 0);

        assertThat(Freshness.isFresh(stamp, longAgo, NOW)).isEqualTo(fresh);
        assertThat(Freshness.isFresh(longAgo, stamp, NOW)).isEqualTo(fresh);
    }

    @Test
    void timesBeyondAllClocksAreNotFresh() {
        assertThat(Freshness.isFresh(new Timespec(Long.MIN_VALUE, 0), new Timespec(Long.MAX_VALUE, 0), NOW))
                .isFalse();
    }
}
