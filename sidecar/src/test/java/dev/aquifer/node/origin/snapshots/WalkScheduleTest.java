package dev.aquifer.node.origin.snapshots;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** When an origin looks at its source again. */
final class WalkScheduleTest {
    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00.5Z");
    private static final Duration REFRESH = Duration.ofMinutes(10);

    private final WalkSchedule schedule = new WalkSchedule(REFRESH);

    @Test
    void aShortWalkIsRepeatedWhenTheListingIsOld() {
        assertThat(RefreshRule.next(NOW, NOW.plusSeconds(3), Duration.ofMinutes(10)))
                .isEqualTo(NOW.plusSeconds(600));
    }

    @Test
    void aLongWalkLeavesTheFileServerInPeaceForTenTimesAsLong() {
        assertThat(RefreshRule.next(NOW, NOW.plusSeconds(120), Duration.ofMinutes(10)))
                .isEqualTo(NOW.plusSeconds(120 + 1200));
    }

    @Test
    void theFirstIsDueAtOnce() {
        assertThat(schedule.due(NOW)).isEqualTo(NOW);
    }

    @Test
    void nobodyWhoAsksForNothingCausesOne() {
        schedule.end(NOW, NOW, false);

        assertThat(schedule.due(NOW.plusSeconds(3000))).isAfter(NOW.plusSeconds(6000));
        schedule.ask();
        assertThat(schedule.due(NOW.plusSeconds(3000))).isEqualTo(NOW.plus(REFRESH));
    }

    @Test
    void aRefusedSourceIsLookedAtAgainSoon() {
        schedule.end(NOW, NOW, true);
        schedule.ask();

        assertThat(schedule.due(NOW)).isEqualTo(NOW.plusSeconds(30));
    }

    @Test
    void aFailureAsksForTheNextByItself() {
        schedule.fail(NOW, NOW);

        assertThat(schedule.due(NOW)).isEqualTo(NOW.plusSeconds(10));
    }

    @Test
    void aClockThatWasSetBackDelaysItByNoMoreThanTheRefresh() {
        schedule.end(NOW, NOW, false);
        schedule.ask();

        Instant before = NOW.minus(Duration.ofDays(300));
        Instant due = schedule.due(before);
        assertThat(due).isEqualTo(before.plus(REFRESH));
        assertThat(schedule.due(before.plusSeconds(300))).as("later").isEqualTo(due);
        assertThat(schedule.due(due)).isEqualTo(due);
    }
}
