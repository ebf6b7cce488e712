package dev.aquifer.webhook.authority;

import static dev.aquifer.webhook.authority.Fixtures.NOW;
import static dev.aquifer.webhook.authority.Fixtures.SETTINGS;
import static dev.aquifer.webhook.authority.Fixtures.bundle;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.certs.CertificateAuthority;
import dev.aquifer.certs.Renewal;
import dev.aquifer.certs.TrustBundle;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RotationTest {
    private final CertificateAuthority current = Fixtures.authority();
    private final CertificateAuthority next = Fixtures.authority(NOW.plusSeconds(200));
    private final AuthorityState steady = AuthorityState.of(current);
    private final AuthorityState prepared = steady.prepared(next);
    private final TrustBundle old = bundle(current);
    private final TrustBundle both = bundle(current, next);

    @Test
    void keepsAnAuthorityUntilItsRotationIsDue() {
        assertThat(step(steady, NOW.plusSeconds(199), old)).isEqualTo(RotationStep.KEEP);
        assertThat(step(steady, NOW.plusSeconds(200), old)).isEqualTo(RotationStep.PREPARE);
    }

    @Test
    void preparesAtTwoThirdsOfLifeEvenWhenRotationIsSetLater() {
        var late = new AuthoritySettings(
                SETTINGS.caLifetime(), Duration.ofDays(1), SETTINGS.leafLifetime(), SETTINGS.settle(), SETTINGS.tick());

        assertThat(Rotation.next(steady, List.of(old), NOW.plusSeconds(399), late))
                .isEqualTo(RotationStep.KEEP);
        assertThat(Rotation.next(steady, List.of(old), NOW.plusSeconds(400), late))
                .isEqualTo(RotationStep.PREPARE);
    }

    @Test
    void replacesAnAuthorityThatIsNotYetValid() {
        var backdated = NOW.minus(Renewal.BACKDATING);

        assertThat(step(steady, backdated, old)).isEqualTo(RotationStep.KEEP);
        assertThat(step(steady, backdated.minusSeconds(1), old)).isEqualTo(RotationStep.REPLACE);
    }

    @Test
    void takesTheSuccessorOfAnAuthorityThatIsNotYetValid() {
        var ahead = AuthorityState.of(Fixtures.authority(NOW.plus(Duration.ofDays(1))))
                .prepared(current);

        assertThat(step(ahead, NOW, old)).isEqualTo(RotationStep.PROMOTE);
    }

    @Nested
    class WhileASuccessorWaits {
        private final Instant now = NOW.plusSeconds(210);

        @Test
        void waitsUntilEveryConfigurationShowsIt() {
            assertThat(step(prepared, now, both, old)).isEqualTo(RotationStep.KEEP);
            assertThat(step(prepared, now, both, new TrustBundle(List.of()))).isEqualTo(RotationStep.KEEP);
            assertThat(step(prepared, now, both, both)).isEqualTo(RotationStep.NOTE_SHOWN);
        }

        @Test
        void waitsUntilWhatIsShownHasSettled() {
            var shown = prepared.shown(now);

            assertThat(step(shown, now.plusSeconds(29), both)).isEqualTo(RotationStep.KEEP);
            assertThat(step(shown, now.plusSeconds(30), both)).isEqualTo(RotationStep.PROMOTE);
        }

        @Test
        void beginsToWaitAgainWhenAConfigurationWasSetBack() {
            var shown = prepared.shown(now);

            assertThat(step(shown, now.plusSeconds(60), both, old)).isEqualTo(RotationStep.NOTE_HIDDEN);
            assertThat(step(shown.shown(null), now.plusSeconds(60), both)).isEqualTo(RotationStep.NOTE_SHOWN);
        }

        @Test
        void takesNoConfigurationAtAllForNoneThatTrustsIt() {
            assertThat(step(prepared, now)).isEqualTo(RotationStep.KEEP);
            assertThat(step(prepared.shown(now), now.plusSeconds(60))).isEqualTo(RotationStep.NOTE_HIDDEN);
        }

        @Test
        void promotesAtOnceWhenTheSignerHasExpired() {
            assertThat(step(prepared, NOW.plusSeconds(601), old)).isEqualTo(RotationStep.PROMOTE);
        }

        @Test
        void makesAnotherSuccessorWhenThatOneIsNotYetValid() {
            var ahead = steady.prepared(Fixtures.authority(NOW.plus(Duration.ofDays(1))));

            assertThat(step(ahead.shown(now), now.plusSeconds(60), ahead.bundle()))
                    .isEqualTo(RotationStep.PREPARE);
        }

        @Test
        void makesAnotherSuccessorWhenThatOneHasExpiredUnused() {
            var stale = AuthorityState.of(next).prepared(Fixtures.authority(NOW.minusSeconds(500)));

            assertThat(step(stale, now, both)).isEqualTo(RotationStep.PREPARE);
        }
    }

    @Nested
    class AfterPromotion {
        private final Instant promotedAt = NOW.plusSeconds(250);
        private final AuthorityState promoted = prepared.promoted(promotedAt, SETTINGS);

        @Test
        void signsWithTheSuccessorAndStillTrustsTheOld() {
            assertThat(promoted.current()).isEqualTo(next);
            assertThat(promoted.bundle().authorities()).containsExactly(next.certificate(), current.certificate());
        }

        @Test
        void dropsTheOldOnceItsLastLeafHasExpired() {
            var lastLeaf = promotedAt.plus(SETTINGS.leafLifetime());

            assertThat(step(promoted, lastLeaf, both)).isEqualTo(RotationStep.KEEP);
            assertThat(step(promoted, lastLeaf.plus(SETTINGS.settle()).minusMillis(1), both))
                    .isEqualTo(RotationStep.KEEP);
            assertThat(step(promoted, lastLeaf.plus(SETTINGS.settle()), both)).isEqualTo(RotationStep.DROP);
        }

        @Test
        void hasNothingLeftToDropAfterwards() {
            var later = promotedAt.plusSeconds(90);

            assertThat(promoted.pruned(later).bundle().authorities()).containsExactly(next.certificate());
            assertThat(step(promoted.pruned(later), later, both)).isEqualTo(RotationStep.KEEP);
        }
    }

    @Test
    void replacesAnAuthorityThatExpiredWithoutASuccessor() {
        assertThat(step(steady, NOW.plusSeconds(600), old)).isEqualTo(RotationStep.PREPARE);
        assertThat(step(steady, NOW.plusSeconds(601), old)).isEqualTo(RotationStep.REPLACE);
    }

    private static RotationStep step(AuthorityState state, Instant now, TrustBundle... shown) {
        return Rotation.next(state, List.of(shown), now, SETTINGS);
    }
}
