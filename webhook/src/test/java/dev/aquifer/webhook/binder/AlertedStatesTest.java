package dev.aquifer.webhook.binder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.webhook.binding.plan.VolumeCondition;
import dev.aquifer.webhook.testing.AlertWords;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class AlertedStatesTest {
    @Test
    void alertsAreOfStatesOfClaimsThatAreCounted() throws IOException {
        assertThat(AlertWords.of("aquifer_bindings", "state")).isNotEmpty().isSubsetOf(BinderMetrics.STATES);
    }

    @Test
    void alertsAreOfVolumesThatSomethingIsInTheWayOf() throws IOException {
        assertThat(AlertWords.of("aquifer_binder_shared_volumes_troubled", "condition"))
                .containsExactly(VolumeCondition.CONFLICT);
    }
}
