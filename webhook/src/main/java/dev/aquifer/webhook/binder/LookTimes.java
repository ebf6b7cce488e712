package dev.aquifer.webhook.binder;

import dev.aquifer.webhook.binder.pairs.LookResult;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * How long a leader's looks at shared volumes take, by what became of them; gone when it leads no more. There is a series for
 * each result from the start: of one that begins with its first event Prometheus sees no increase.
 */
final class LookTimes implements AutoCloseable {
    private static final Duration SMALLEST = Duration.ofMillis(1);
    private static final Duration LARGEST = Duration.ofMinutes(1);

    private final MeterRegistry registry;
    private final Map<LookResult, Timer> timers = new EnumMap<>(LookResult.class);

    LookTimes(MeterRegistry registry) {
        this.registry = registry;
        for (LookResult result : LookResult.values()) {
            timers.put(result, timer(result));
        }
    }

    /** Runs it, and notes how long it took and what became of it. */
    void time(Supplier<LookResult> look) {
        long start = System.nanoTime();
        LookResult result = LookResult.FAILED;
        try {
            result = look.get();
        } catch (BlockedException e) {
            result = e.result();
            throw e;
        } finally {
            Objects.requireNonNull(timers.get(result)).record(Duration.ofNanos(System.nanoTime() - start));
        }
    }

    @Override
    public void close() {
        timers.values().forEach(registry::remove);
    }

    private Timer timer(LookResult result) {
        return Timer.builder("aquifer.binder.reconcile.duration")
                .description("How long a look at one shared volume took, with its writes")
                .tag("outcome", result.word())
                .publishPercentileHistogram()
                .minimumExpectedValue(SMALLEST)
                .maximumExpectedValue(LARGEST)
                .register(registry);
    }
}
