package dev.aquifer.node.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SteadyClockTest {
    private static final Instant START = Instant.parse("2026-11-21T12:00:00Z");

    private final AtomicReference<Instant> timeOfDay = new AtomicReference<>(START);
    private final AtomicLong nanos = new AtomicLong(-5);

    @ParameterizedTest
    @ValueSource(longs = {-86_400, -60, 60, 86_400})
    void goesOnEvenlyWhenTheTimeOfDayJumps(long seconds) {
        SteadyClock clock = new SteadyClock(timeOfDay::get, nanos::get);
        timeOfDay.set(START.plusSeconds(seconds));
        nanos.addAndGet(Duration.ofSeconds(10).toNanos());
        assertThat(clock.instant()).isEqualTo(START.plusSeconds(10));
    }
}
