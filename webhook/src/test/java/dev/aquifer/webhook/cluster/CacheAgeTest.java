package dev.aquifer.webhook.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class CacheAgeTest {
    private final AtomicBoolean watching = new AtomicBoolean();
    private final AtomicLong now = new AtomicLong(-5);
    private final CacheAge age = new CacheAge("Namespace", watching::get, now::get);

    @Test
    void growsFromTheStartUntilTheFirstWatchStands() {
        pass(Duration.ofSeconds(3));
        assertThat(age.seconds()).isEqualTo(3);
    }

    @Test
    void isZeroWhileTheWatchStandsAndGrowsWhenItIsLost() {
        watching.set(true);
        pass(Duration.ofSeconds(100));
        assertThat(age.seconds()).isZero();
        watching.set(false);
        pass(Duration.ofMillis(2500));
        assertThat(age.seconds()).isEqualTo(2.5);
        watching.set(true);
        assertThat(age.seconds()).isZero();
    }

    @Test
    void remembersTheLastSampleAndNotTheLastScrape() {
        watching.set(true);
        pass(Duration.ofSeconds(100));
        age.sample();
        watching.set(false);
        pass(Duration.ofSeconds(1));
        assertThat(age.seconds()).isEqualTo(1);
    }

    @Test
    void hasTheNameAndUnitThatDashboardsKnow() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        age.bindTo(registry);
        pass(Duration.ofSeconds(7));
        assertThat(registry.scrape()).contains("aquifer_watch_age_seconds{kind=\"Namespace\"} 7.0");
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }
}
