package dev.aquifer.webhook.cluster;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * How long ago the objects of one kind were last known to be up to date: next to nothing while their watch stands. One that
 * has fallen silent stands until its {@link Pulse} is missed.
 */
final class CacheAge implements MeterBinder {
    private final String kind;
    private final BooleanSupplier watching;
    private final LongSupplier nanoTime;
    private volatile long lastWatching;

    CacheAge(String kind, BooleanSupplier watching, LongSupplier nanoTime) {
        this.kind = kind;
        this.watching = watching;
        this.nanoTime = nanoTime;
        this.lastWatching = nanoTime.getAsLong();
    }

    /** Is to be called often: what happens in between is not seen. */
    void sample() {
        if (watching.getAsBoolean()) {
            lastWatching = nanoTime.getAsLong();
        }
    }

    double seconds() {
        sample();
        return (nanoTime.getAsLong() - lastWatching) / (double) TimeUnit.SECONDS.toNanos(1);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("aquifer.watch.age", this, CacheAge::seconds)
                .description("Since the objects of this kind were last known to be up to date")
                .baseUnit("seconds")
                .tag("kind", kind)
                .register(registry);
    }
}
