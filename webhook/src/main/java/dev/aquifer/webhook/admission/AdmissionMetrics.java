package dev.aquifer.webhook.admission;

import dev.aquifer.webhook.entitlement.Reason;
import dev.aquifer.webhook.inject.Decision;
import dev.aquifer.webhook.inject.Decision.Admit;
import dev.aquifer.webhook.inject.Decision.Deny;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Counts the answers of one webhook. Every label value is one of this program's own words, and each meter is looked up once, so that
 * counting costs no more than an addition.
 */
final class AdmissionMetrics {
    private static final Duration[] BUCKETS = {
        Duration.ofNanos(100_000),
        Duration.ofNanos(250_000),
        Duration.ofNanos(500_000),
        Duration.ofMillis(1),
        Duration.ofNanos(2_500_000),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(2),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10)
    };

    private final MeterRegistry registry;
    private final Webhook webhook;
    private final Timer duration;
    private final Map<Reason, Counter> admitted = new ConcurrentHashMap<>();
    private final Map<Reason, Counter> denied = new ConcurrentHashMap<>();
    /** All from the start: an alert is about them, and of a series that begins with its first event Prometheus sees no increase. */
    private final Map<HttpRefusal, Counter> refused = new EnumMap<>(HttpRefusal.class);

    AdmissionMetrics(MeterRegistry registry, Webhook webhook) {
        this.registry = registry;
        this.webhook = webhook;
        duration = Timer.builder(webhook.meters() + ".duration")
                .description("From the head of a request to the end of its answer")
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
        for (HttpRefusal refusal : HttpRefusal.values()) {
            refused.put(refusal, counter("refused", refusal.label()));
        }
    }

    void answered(Decision decision, long nanos) {
        Counter counter = switch (decision) {
            case Admit admit -> admitted.computeIfAbsent(admit.reason(), reason -> counter("admitted", reason.label()));
            case Deny deny -> denied.computeIfAbsent(deny.reason(), reason -> counter("denied", reason.label()));
        };
        counter.increment();
        duration.record(nanos, TimeUnit.NANOSECONDS);
    }

    void refused(HttpRefusal refusal, long nanos) {
        Objects.requireNonNull(refused.get(refusal)).increment();
        duration.record(nanos, TimeUnit.NANOSECONDS);
    }

    private Counter counter(String outcome, String reason) {
        return Counter.builder(webhook.meters() + ".requests")
                .description("Answered requests: pods admitted, pods denied, requests refused by an HTTP error")
                .tag("outcome", outcome)
                .tag("reason", reason)
                .register(registry);
    }
}
