package dev.aquifer.webhook.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.webhook.entitlement.Reason;
import dev.aquifer.webhook.testing.AlertWords;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AlertedReasonsTest {
    @ParameterizedTest
    @ValueSource(strings = {"aquifer_admission_requests_total", "aquifer_guard_requests_total"})
    void alertsAreOfRequestsThatFailThroughAFaultOfOurs(String metric) throws IOException {
        assertThat(AlertWords.of(metric, "reason"))
                .containsOnly(
                        Reason.INTERNAL.label(),
                        HttpRefusal.INTERNAL.label(),
                        HttpRefusal.BUSY.label(),
                        HttpRefusal.TOO_SLOW.label());
    }
}
