package dev.aquifer.webhook.binder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aquifer.webhook.binder.pairs.LookResult;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class LookTimesTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final LookTimes times = new LookTimes(registry);

    @Test
    void thereIsASeriesOfEachResultBeforeTheFirstLook() {
        assertThat(counts())
                .containsExactlyInAnyOrderEntriesOf(
                        Arrays.stream(LookResult.values()).collect(Collectors.toMap(LookResult::word, _ -> 0L)));
    }

    @Test
    void aLookCountsAsWhatBecameOfIt() {
        times.time(() -> LookResult.RAISED);
        assertThatThrownBy(() -> times.time(() -> {
                    throw new BlockedException(LookResult.CONFLICT);
                }))
                .isInstanceOf(BlockedException.class);
        assertThatThrownBy(() -> times.time(() -> {
                    throw new IllegalStateException();
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(counts())
                .containsEntry("raised", 1L)
                .containsEntry("conflict", 1L)
                .containsEntry("failed", 1L)
                .containsEntry("done", 0L);
    }

    @Test
    void nothingIsShownWhenAnotherLeads() {
        times.close();

        assertThat(counts()).isEmpty();
    }

    private Map<String, Long> counts() {
        return registry.find("aquifer.binder.reconcile.duration").timers().stream()
                .collect(Collectors.toMap(timer -> timer.getId().getTag("outcome"), Timer::count));
    }
}
