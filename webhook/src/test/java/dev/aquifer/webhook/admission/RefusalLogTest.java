package dev.aquifer.webhook.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class RefusalLogTest {
    private final LogLines lines = new LogLines();
    private long now;
    private final RefusalLog log = new RefusalLog(() -> now);

    @AfterEach
    void stop() {
        lines.close();
    }

    @Test
    void aThousandAtOnceAreOneLineAndTheNextSaysHowManyWereLeftOut() {
        refuse(HttpRefusal.BUSY, 1000);
        assertThat(lines.seen()).containsExactly("INFO refused reason=busy status=429 path=/mutate leftOut=0");

        now += Duration.ofSeconds(1).toNanos();
        refuse(HttpRefusal.BUSY, 1);
        now += Duration.ofSeconds(1).toNanos();
        refuse(HttpRefusal.BUSY, 1);

        assertThat(lines.seen())
                .hasSize(3)
                .endsWith(
                        "INFO refused reason=busy status=429 path=/mutate leftOut=999",
                        "INFO refused reason=busy status=429 path=/mutate leftOut=0");
    }

    @Test
    void manyOfOneReasonHideNoOtherReason() {
        refuse(HttpRefusal.BUSY, 1000);
        refuse(HttpRefusal.TOO_SLOW, 1);
        assertThat(lines.seen()).hasSize(2).endsWith("INFO refused reason=too-slow status=408 path=/mutate leftOut=0");
    }

    @Test
    void aPathThatIsMadeToForgeALineStaysAWordOfThatLine() {
        log.refused(HttpRefusal.UNKNOWN_PATH, "/x\r\n2026 admitted\u001b[2J\u2028" + "y".repeat(10_000));
        assertThat(lines.seen())
                .singleElement()
                .asString()
                .hasSizeLessThan(200)
                .contains("path=/x??2026?admitted?[2J?yyy");
    }

    @Test
    void aRequestWithoutAPathIsALineToo() {
        log.refused(HttpRefusal.WRONG_METHOD, null);
        assertThat(lines.seen()).containsExactly("INFO refused reason=wrong-method status=405 path= leftOut=0");
    }

    private void refuse(HttpRefusal refusal, int times) {
        for (int i = 0; i < times; i++) {
            log.refused(refusal, "/mutate");
        }
    }
}
