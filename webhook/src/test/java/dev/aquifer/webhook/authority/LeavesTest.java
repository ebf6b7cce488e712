package dev.aquifer.webhook.authority;

import static dev.aquifer.webhook.authority.Fixtures.HOST;
import static dev.aquifer.webhook.authority.Fixtures.NAMES;
import static dev.aquifer.webhook.authority.Fixtures.NOW;
import static dev.aquifer.webhook.authority.Fixtures.SETTINGS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.aquifer.certs.InvalidCertificate;
import dev.aquifer.certs.IssuedCertificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeavesTest {
    private final Leaves leaves = new Leaves(NAMES, SETTINGS);
    private final AuthorityState state = AuthorityState.of(Fixtures.authority());
    private final IssuedCertificate first = first(NOW, NOW);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "aquifer",
                "aquifer.aquifer-system",
                "aquifer.aquifer-system.svc",
                "aquifer.aquifer-system.svc.cluster.local"
            })
    void areForEveryNameOfTheService(String host) {
        state.bundle().verifyServer(first.chain(), host, NOW);
    }

    @Test
    void areForFurtherHostsToo() {
        var more = new Leaves(new ServedNames("aquifer", "ns", List.of("127.0.0.1", "dev.example")), SETTINGS);

        var leaf = Objects.requireNonNull(more.replacement(null, new CurrentAuthority(state, NOW), NOW));

        state.bundle().verifyServer(leaf.chain(), "127.0.0.1", NOW);
        state.bundle().verifyServer(leaf.chain(), "dev.example", NOW);
    }

    @Test
    void areRenewedAtTwoThirdsOfTheirLife() {
        assertThat(replacement(NOW.plusSeconds(39))).isNull();
        assertThat(replacement(NOW.plusSeconds(40)))
                .isNotNull()
                .satisfies(leaf -> assertThat(leaf.notAfter()).isEqualTo(NOW.plusSeconds(100)));
    }

    @Test
    void areRenewedWhenTheClockJumpedOverTheirLife() {
        assertThat(replacement(NOW.plusSeconds(300))).isNotNull();
    }

    @Test
    void followTheSignerAtOnce() {
        var next = state.prepared(Fixtures.authority());

        assertThat(leaves.replacement(first, new CurrentAuthority(next, NOW), NOW))
                .isNull();
        var promoted = next.promoted(NOW, SETTINGS);
        assertThat(leaves.replacement(first, new CurrentAuthority(promoted, NOW), NOW))
                .isNotNull()
                .satisfies(leaf -> new AuthorityState(promoted.current(), null, List.of())
                        .bundle()
                        .verifyServer(leaf.chain(), HOST, NOW));
    }

    @Nested
    class WhenTheAuthorityWasReadLongAgo {
        @Test
        void areOnlyTrustedForOneLifeSinceThen() {
            assertThat(first(NOW.minusSeconds(45), NOW).notAfter()).isEqualTo(NOW.plusSeconds(15));
        }

        @Test
        void areNotRenewedIfTheNewWouldNotLiveLonger() {
            assertThat(leaves.replacement(first, new CurrentAuthority(state, NOW), NOW.plusSeconds(50)))
                    .isNull();
        }

        @Test
        void areNotMadeAtAllAfterAWholeLife() {
            assertThat(leaves.replacement(null, new CurrentAuthority(state, NOW), NOW.plusSeconds(60)))
                    .isNull();
        }
    }

    @Test
    void areNotMadeByAnExpiredAuthority() {
        var late = NOW.plus(SETTINGS.caLifetime()).plus(Duration.ofSeconds(1));

        assertThatExceptionOfType(InvalidCertificate.class)
                .isThrownBy(() -> leaves.replacement(null, new CurrentAuthority(state, late), late))
                .withMessageContaining("must be renewed");
    }

    private @Nullable IssuedCertificate replacement(Instant now) {
        return leaves.replacement(first, new CurrentAuthority(state, now), now);
    }

    private IssuedCertificate first(Instant readAt, Instant now) {
        return Objects.requireNonNull(leaves.replacement(null, new CurrentAuthority(state, readAt), now));
    }
}
