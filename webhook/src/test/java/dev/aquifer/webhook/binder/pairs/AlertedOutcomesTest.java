package dev.aquifer.webhook.binder.pairs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.webhook.testing.AlertWords;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class AlertedOutcomesTest {
    @Test
    void alertsAreOfLooksThatDidNotDoWhatTheyShould() throws IOException {
        Outcome refused = new Outcome();
        refused.refused("tenant");
        Outcome conflict = new Outcome();
        conflict.conflict();
        Outcome failed = new Outcome();
        failed.failed(new IllegalStateException());

        assertThat(AlertWords.of("aquifer_binder_reconcile_duration_seconds_count", "outcome"))
                .containsExactlyInAnyOrder(
                        refused.result().word(),
                        conflict.result().word(),
                        failed.result().word());
    }
}
