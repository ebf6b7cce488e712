package dev.aquifer.node.csi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class AbsenceTest {
    private static final Duration HOLD = Duration.ofSeconds(90);

    private final AtomicLong now = new AtomicLong(-5);
    private final Absence absence = new Absence(now::get, HOLD);

    @Test
    void whatDoesNotComeBackIsNotWaitedForUntilTheHoldEnds() {
        assertThat(bearable()).isEqualTo(Absence.LONGEST);
    }

    @Test
    void whatWasThereForLongMayGoForAsLong() {
        absence.ask();
        pass(Duration.ofSeconds(40));

        assertThat(bearable()).isEqualTo(Absence.LONGEST);
        assertThat(absence.ask()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void theHoldIsTheEndOfIt() {
        absence.ask();
        pass(Duration.ofSeconds(85));

        assertThat(bearable()).isEqualTo(Duration.ofSeconds(5));
        pass(Duration.ofSeconds(1));
        assertThat(absence.ask()).isZero();
    }

    /** How long it is asked in vain. */
    private Duration bearable() {
        Duration waited = Duration.ZERO;
        while (absence.isBearable()) {
            pass(Absence.PAUSE);
            waited = waited.plus(Absence.PAUSE);
            absence.ask();
        }
        return waited;
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }
}
