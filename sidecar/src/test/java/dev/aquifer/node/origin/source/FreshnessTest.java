package dev.aquifer.node.origin.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.node.dataset.DatasetPath;
import dev.aquifer.node.linux.Device;
import dev.aquifer.node.linux.FileType;
import dev.aquifer.node.linux.Stat;
import dev.aquifer.node.linux.Timespec;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FreshnessTest {
    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00.5Z");
    private static final Timespec LONG_AGO = new Timespec(0, 0);
    private static final Device DEVICE = new Device(8, 1);

    private final Findings findings = new Findings();
    private Instant now = NOW;
    private final Freshness here = new Freshness(() -> now, DEVICE);
    private final Freshness atAServer = new Freshness(() -> now, null);

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
        Timespec stamp = stamp(NOW.plusMillis(millisFromNow));

        here.note(stat(stamp, LONG_AGO), () -> DatasetPath.parse("modified"), findings);
        here.note(stat(LONG_AGO, stamp), () -> DatasetPath.parse("changed"), findings);

        assertThat(findings.fresh()).hasSize(fresh ? 2 : 0);
        assertThat(here.isNear(stamp)).isEqualTo(fresh);
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 0, 99_999_999_999L, Long.MAX_VALUE})
    void timesBeyondAllClocksAreNotFresh(long seconds) {
        for (Freshness freshness : new Freshness[] {here, atAServer}) {
            note(freshness, "f", new Timespec(seconds, 0), findings);
        }
        assertThat(findings.fresh()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {-80_000, -5, 0, 5, 3600, 80_000})
    void atAServerTheYoungestFilesAreFreshWhateverItsClock(long secondsBehind) {
        Instant theirs = NOW.minusSeconds(secondsBehind);
        note("before", theirs.minusMillis(2000));
        note("youngest", theirs);
        note("beside", theirs.minusMillis(1999));

        assertThat(findings.fresh())
                .containsExactlyInAnyOrder(DatasetPath.parse("youngest"), DatasetPath.parse("beside"));
    }

    @Test
    void onAnotherDeviceTheYoungestFilesAreFreshToo() {
        Timespec theirs = stamp(NOW.minusSeconds(10));
        here.note(stat(LONG_AGO, theirs), () -> DatasetPath.parse("here"), findings);
        here.note(stat(LONG_AGO, theirs, new Device(0, 50)), () -> DatasetPath.parse("there"), findings);

        assertThat(findings.fresh()).containsExactly(DatasetPath.parse("there"));
    }

    @Test
    void atAServerAFileThatWasAtRestForTwoSecondsIsFreshNoMore() {
        Instant theirs = NOW.minusSeconds(10);
        note("youngest", theirs);
        now = NOW.plus(Freshness.COARSEST);

        Findings again = new Findings();
        note(atAServer, "youngest", stamp(theirs), again);
        assertThat(again.fresh()).isEmpty();
    }

    @Test
    void atAServerAFileThatChangedAgainIsFreshAgain() {
        note("youngest", NOW.minusSeconds(10));
        now = NOW.plus(Duration.ofMinutes(5));

        Findings again = new Findings();
        note(atAServer, "youngest", stamp(now.minusSeconds(11)), again);
        assertThat(again.fresh()).hasSize(1);
    }

    /** A server's clock drifts, and somebody's may have been wrong. */
    @Test
    void atAServerEachWalkFindsItsOwnYoungestFile() {
        note("of the future", NOW.plusSeconds(1800));

        atAServer.begin();
        Findings next = new Findings();
        note(atAServer, "youngest", stamp(NOW.minusSeconds(10)), next);
        assertThat(next.fresh()).containsExactly(DatasetPath.parse("youngest"));
    }

    @Test
    void atAServerWhatWasAtRestForADayIsNotFresh() {
        note("old", NOW.minus(Duration.ofDays(1)));
        note("future", NOW.plus(Duration.ofDays(1)));

        assertThat(findings.fresh()).isEmpty();
    }

    private void note(String name, Instant changed) {
        note(atAServer, name, stamp(changed), findings);
    }

    private static void note(Freshness freshness, String name, Timespec changed, Findings findings) {
        freshness.note(stat(LONG_AGO, changed), () -> DatasetPath.parse(name), findings);
    }

    private static Stat stat(Timespec modified, Timespec changed) {
        return stat(modified, changed, DEVICE);
    }

    private static Stat stat(Timespec modified, Timespec changed, Device device) {
        return new Stat(FileType.REGULAR, 0644, 0, 0, 0, 0, modified, changed, 1, device, 1, 1, false);
    }

    private static Timespec stamp(Instant time) {
        return new Timespec(time.getEpochSecond(), time.getNano());
    }
}
