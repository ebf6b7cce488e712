package dev.aquifer.webhook.authority;

import static dev.aquifer.webhook.authority.Fixtures.HOST;
import static dev.aquifer.webhook.authority.Fixtures.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.aquifer.certs.TrustBundle;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two replicas of which one has a clock that is wrong by far more than the backdating of certificates. */
class SkewTest {
    private static final int ROUNDS = 50;

    private final SettableClock clock = new SettableClock(NOW);
    private final FakeStore store = new FakeStore();
    private final FakeConfigurations configurations = new FakeConfigurations();
    private final Replica right = replica(Duration.ZERO);

    @BeforeEach
    void beginWithTheRightOne() {
        right.tick();
    }

    @ParameterizedTest
    @ValueSource(longs = {-400, -1, 1, 400})
    void keepsTheRightReplicaReadyAndItsLeafTrusted(long days) {
        var wrong = replica(Duration.ofDays(days));

        for (int i = 0; i < ROUNDS; i++) {
            clock.advance(Duration.ofSeconds(1));
            wrong.tick();
            checkLeaf();
            right.tick();
            checkLeaf();
            assertThat(right.isReady()).isTrue();
        }

        assertThat(store.state().bundle().authorities()).hasSize(2);
    }

    @Test
    void letsAReplicaBeginThatNeverSawAnAuthorityValidByItsClock() {
        replica(Duration.ofDays(400)).tick();
        var fresh = replica(Duration.ZERO);

        fresh.tick();
        right.tick();

        assertThat(fresh.isReady()).isTrue();
        assertThat(right.isReady()).isTrue();
    }

    @Test
    void restsOnceTheClockIsRight() {
        replica(Duration.ofDays(400)).tick();
        right.tick();
        var writes = store.writes();

        right.tick();
        replica(Duration.ZERO).tick();

        assertThat(store.writes()).isEqualTo(writes);
    }

    private Replica replica(Duration skew) {
        return new Replica(clock, skew, store, configurations, new FakeBundleStore());
    }

    /** As the API server does, whose clock is right. */
    private void checkLeaf() {
        var leaf = Objects.requireNonNull(right.served());
        assertThat(configurations.bundles())
                .allSatisfy(pem -> assertThatCode(
                                () -> TrustBundle.read(pem).verifyServer(leaf.chain(), HOST, clock.instant()))
                        .doesNotThrowAnyException());
    }
}
