package dev.aquifer.webhook.binder.pace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.webhook.binding.names.PairIdentity;
import dev.aquifer.webhook.binding.names.PairMode;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class RaisePaceTest {
    private static final PairIdentity PAIR = pair("tenant");

    private final Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5), () -> 1);
    private Duration now = Duration.ZERO;
    private final RaisePace pace = new RaisePace(backoff, () -> now.toNanos());

    @Test
    void aPairGetsItsFirstNewNameAtOnce() {
        assertThat(pace.left(PAIR)).isZero();
    }

    @Test
    void eachNewNameInARowTakesLonger() {
        pace.raised(PAIR);
        assertThat(pace.left(PAIR)).isEqualTo(Duration.ofSeconds(1));
        pass(Duration.ofSeconds(1));
        assertThat(pace.left(PAIR)).isZero();

        pace.raised(PAIR);
        assertThat(pace.left(PAIR)).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void nobodyWaitsForAnother() {
        pace.raised(PAIR);
        assertThat(pace.left(pair("other"))).isZero();
    }

    @Test
    void aQuietTimeIsForgiven() {
        pace.raised(PAIR);
        pace.raised(PAIR);
        pass(Duration.ofMinutes(16));
        pace.raised(PAIR);
        assertThat(pace.left(PAIR)).isEqualTo(Duration.ofSeconds(1));
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }

    private static PairIdentity pair(String tenant) {
        return new PairIdentity("owner", "ref", "uid", tenant, PairMode.READ_ONLY);
    }
}
