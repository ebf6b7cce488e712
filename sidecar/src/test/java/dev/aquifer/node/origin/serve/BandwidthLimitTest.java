package dev.aquifer.node.origin.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class BandwidthLimitTest {
    @Test
    void bytesBeyondTheBandwidthWaitForTheirTurn() {
        var limit = new BandwidthLimit(1_000_000);
        long now = System.nanoTime() + Duration.ofSeconds(10).toNanos();

        assertThat(limit.reserve(100_000, now)).isLessThanOrEqualTo(0);
        assertThat(limit.reserve(1_000_000, now)).isEqualTo(0);
        assertThat(limit.reserve(1, now)).isEqualTo(Duration.ofSeconds(1).toNanos());
    }
}
