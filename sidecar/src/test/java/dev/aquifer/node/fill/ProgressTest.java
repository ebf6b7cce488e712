package dev.aquifer.node.fill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.node.dataset.Totals;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class ProgressTest {
    private static final Totals TOTALS = new Totals(10, 1, 0, 1_000);

    private final AtomicLong now = new AtomicLong();
    private final Progress progress = new Progress(now::get);

    @Test
    void whatComesEndsTheIdleTime() {
        pass(60);
        assertThat(progress.idle()).isEqualTo(Duration.ofSeconds(60));

        progress.fetched(10);
        assertThat(progress.idle()).isZero();
    }

    @Test
    void aFillThatFailsAndBeginsAnewAgainAndAgainIsIdle() {
        for (int i = 0; i < 3; i++) {
            progress.phase("reading the listing");
            progress.begin(TOTALS);
            progress.reused(100);
            progress.fileDone();
            pass(10);
        }

        assertThat(progress.idle()).isEqualTo(Duration.ofSeconds(30));
        progress.begin(TOTALS);
        progress.reused(200);
        assertThat(progress.idle()).isZero();
    }

    @Test
    void anotherSnapshotBeginsAtNothing() {
        progress.begin(TOTALS);
        progress.reused(500);
        pass(10);

        progress.begin(new Totals(10, 1, 0, 999));
        progress.reused(1);
        assertThat(progress.idle()).isZero();
    }

    @Test
    void anOriginThatListsOnIsNotIdleAndOneThatDoesNotIs() {
        progress.walking(1);
        pass(10);
        progress.walking(2);
        assertThat(progress.idle()).isZero();

        pass(10);
        progress.walking(2);
        assertThat(progress.idle()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void whoeverWaitsForHisTurnIsNotIdle() {
        pass(10);
        progress.goingOn("waiting for the fills of other datasets");
        assertThat(progress.idle()).isZero();
    }

    private void pass(int seconds) {
        now.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }
}
