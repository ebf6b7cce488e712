package dev.aquifer.webhook.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PeerLimitTest {
    private long now;
    private final PeerLimit limit = new PeerLimit(() -> now);

    @Test
    void anAddressMayAskSoOftenAndThenOnceASecond() {
        assertThat(allowed("10.0.0.1", 100)).isEqualTo(20);

        now += TimeUnit.SECONDS.toNanos(3);

        assertThat(allowed("10.0.0.1", 100)).isEqualTo(3);
    }

    @Test
    void anAddressTakesNothingFromAnother() {
        allowed("10.0.0.1", 100);

        assertThat(allowed("10.0.0.2", 100)).isEqualTo(20);
    }

    @Test
    void allowancesDoNotGrowWithoutEnd() {
        allowed("10.0.0.1", 1);
        now += TimeUnit.DAYS.toNanos(1);

        assertThat(allowed("10.0.0.1", 100)).isEqualTo(20);
    }

    @Test
    void theAddressThatAskedLongestAgoIsForgotten() {
        allowed("10.0.0.1", 100);
        IntStream.range(0, 8192).forEach(i -> allowed("other-" + i, 1));

        assertThat(allowed("10.0.0.1", 100)).isEqualTo(20);
    }

    private long allowed(String address, int requests) {
        return IntStream.range(0, requests).filter(i -> limit.allows(address)).count();
    }
}
