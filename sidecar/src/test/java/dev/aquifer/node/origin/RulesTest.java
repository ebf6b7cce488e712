package dev.aquifer.node.origin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.node.dataset.DatasetPath;
import dev.aquifer.node.linux.Timespec;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pure rules of an origin: when a file is fresh, when to walk again, which files keep changing, how fast to send. */
final class RulesTest {
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

    @Nested
    final class Schedule {
        private static final Duration REFRESH = Duration.ofMinutes(10);

        private final WalkSchedule schedule = new WalkSchedule(REFRESH);

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
        void aClockThatWasSetBackDelaysItByAnHourAtMost() {
            schedule.end(NOW, NOW, false);
            schedule.ask();

            Instant before = NOW.minus(Duration.ofDays(300));
            assertThat(schedule.due(before)).isEqualTo(before.plus(Duration.ofHours(1)));
        }
    }

    @Nested
    final class ChangingFiles {
        private static final DatasetPath LOG = DatasetPath.parse("log");
        private static final DatasetPath OTHER = DatasetPath.parse("other");

        private static Changes changed(OnChange onChange, int times) {
            var changes = new Changes(onChange);
            for (int i = 0; i < times; i++) {
                assertThat(changes.report(LOG, Mark.LOOK_AGAIN)).isTrue();
                assertThat(changes.report(LOG, Mark.LOOK_AGAIN)).isFalse();
                changes.take();
            }
            return changes;
        }

        @Test
        void areNamedAfterThreeSuccessors() {
            assertThat(changed(OnChange.WAIT, 2).oftenChanged()).isEmpty();
            assertThat(changed(OnChange.WAIT, 3).oftenChanged()).containsExactly(LOG);
        }

        @Test
        void areLeftOutAtTheThirdWhereTheOwnerSaysSkip() {
            var changes = changed(OnChange.SKIP, 2);
            changes.report(LOG, Mark.LOOK_AGAIN);
            changes.report(OTHER, Mark.LOOK_AGAIN);

            assertThat(changes.take()).containsEntry(LOG, Mark.CHANGING).containsEntry(OTHER, Mark.LOOK_AGAIN);
            assertThat(changes.oftenChanged()).isEmpty();
        }

        @Test
        void areForgottenWithTheNextWalk() {
            var changes = changed(OnChange.WAIT, 3);
            changes.forget();

            assertThat(changes.oftenChanged()).isEmpty();
        }

        @Test
        void thatCannotBeReadStayUnreadableWhateverElseIsSaid() {
            var changes = new Changes(OnChange.WAIT);
            changes.report(LOG, Mark.UNREADABLE);
            changes.report(LOG, Mark.LOOK_AGAIN);

            assertThat(changes.take()).containsEntry(LOG, Mark.UNREADABLE);
        }
    }

    @Test
    void bytesBeyondTheBandwidthWaitForTheirTurn() {
        var limit = new BandwidthLimit(1_000_000);
        long now = System.nanoTime() + Duration.ofSeconds(10).toNanos();

        assertThat(limit.reserve(100_000, now)).isLessThanOrEqualTo(0);
        assertThat(limit.reserve(1_000_000, now)).isEqualTo(0);
        assertThat(limit.reserve(1, now)).isEqualTo(Duration.ofSeconds(1).toNanos());
    }
}
