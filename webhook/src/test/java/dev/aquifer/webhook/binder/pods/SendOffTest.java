package dev.aquifer.webhook.binder.pods;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aquifer.webhook.binder.pods.SendOff.Ask;
import dev.aquifer.webhook.binder.pods.SendOff.Await;
import dev.aquifer.webhook.binder.pods.SendOff.Delete;
import dev.aquifer.webhook.binder.pods.SendOff.Hurry;
import java.time.Instant;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class SendOffTest {
    private static final Instant UNTIL = Instant.parse("2026-01-01T00:10:00Z");
    private static final Instant BEFORE = UNTIL.minusSeconds(100);
    private static final Instant AFTER = UNTIL.plusSeconds(3);
    private static final long FOR_EVER = 2_000_000_000;

    private final ObjectNode pod = JsonNodeFactory.instance.objectNode();

    private void graceIs(long seconds) {
        pod.withObject("/spec").put("terminationGracePeriodSeconds", seconds);
    }

    private void isEnding(Instant requested, long graceSeconds) {
        pod.withObject("/metadata")
                .put("deletionTimestamp", requested.plusSeconds(graceSeconds).toString())
                .put("deletionGracePeriodSeconds", graceSeconds);
    }

    @Nested
    class OfAPodThatRuns {
        @Test
        void isAskedUntilTheDeadlineAndDeletedThen() {
            graceIs(30);
            assertThat(SendOff.of(pod, UNTIL, BEFORE)).isEqualTo(new Ask(null));
            assertThat(SendOff.of(pod, UNTIL, UNTIL)).isEqualTo(new Delete(null));
        }

        @Test
        void keepsItsOwnGracePeriodWhileThereIsTimeForIt() {
            graceIs(120);
            assertThat(SendOff.of(pod, UNTIL, BEFORE)).isEqualTo(new Ask(null));
            assertThat(SendOff.of(pod, UNTIL, AFTER)).isEqualTo(new Delete(30L));
        }

        @Test
        void hasNoLongerOneThanToTheLastMoment() {
            graceIs(FOR_EVER);
            assertThat(SendOff.of(pod, UNTIL, BEFORE)).isEqualTo(new Ask(130L));
            assertThat(SendOff.of(pod, UNTIL, AFTER)).isEqualTo(new Delete(30L));
        }
    }

    @Nested
    class OfAPodThatIsEnding {
        @Test
        void mayTakeItsTimeUntilTheDeadline() {
            isEnding(BEFORE, FOR_EVER);
            assertThat(SendOff.of(pod, UNTIL, BEFORE)).isEqualTo(new Await());
        }

        @Test
        void hasLittleTimeLeftThen() {
            isEnding(BEFORE, FOR_EVER);
            assertThat(SendOff.of(pod, UNTIL, AFTER)).isEqualTo(new Hurry(30));
        }

        @Test
        void isHurriedOnceOnly() {
            isEnding(AFTER, 30);
            assertThat(SendOff.of(pod, UNTIL, AFTER.plusSeconds(5))).isEqualTo(new Await());
        }

        @Test
        void isLetBeWhenItEndsInTime() {
            isEnding(BEFORE, 120);
            assertThat(SendOff.of(pod, UNTIL, AFTER)).isEqualTo(new Await());
        }
    }
}
