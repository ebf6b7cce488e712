package dev.aquifer.webhook.authority;

import static dev.aquifer.webhook.authority.Fixtures.HOST;
import static dev.aquifer.webhook.authority.Fixtures.NOW;
import static dev.aquifer.webhook.authority.Fixtures.SETTINGS;
import static dev.aquifer.webhook.authority.Fixtures.bundle;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.aquifer.certs.CertificateAuthority;
import dev.aquifer.certs.IssuedCertificate;
import dev.aquifer.certs.TrustBundle;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The Secret is gone, and who sees it first does not know what was in it. */
class RestorationTest {
    private static final Duration PATIENCE = SETTINGS.tick().multipliedBy(2);

    private final SettableClock clock = new SettableClock(NOW);
    private final FakeStore store = new FakeStore();
    private final FakeConfigurations configurations = new FakeConfigurations();
    private final FakeBundleStore bundles = new FakeBundleStore();
    private final Replica old = replica();

    @BeforeEach
    void begin() {
        old.tick();
        old.tick();
        assertThat(old.isReady()).isTrue();
    }

    @Nested
    class AReplicaThatHasJustStarted {
        private final Replica fresh = replica();

        @Test
        void leavesItToOneThatKnowsTheAuthority() {
            var signer = store.state().current();
            store.delete();

            fresh.tick();
            old.tick();
            fresh.tick();

            assertThat(store.state().current().certificate()).isEqualTo(signer.certificate());
            assertThat(fresh.isReady()).isTrue();
        }

        @Test
        void makesAnotherWhenNobodyDoesAndKeepsTheOldOneTrustedForOneMoreLeaf() {
            var lost = store.state().current().certificate();
            store.delete();

            fresh.tick();
            assertThat(store.isUsable()).isFalse();
            clock.advance(PATIENCE);
            fresh.tick();

            assertThat(store.state().retired())
                    .containsExactly(new RetiredAuthority(
                            lost, clock.instant().plus(SETTINGS.leafLifetime()).plus(SETTINGS.settle())));
            assertIsTrusted(served(old));
            assertIsTrusted(served(fresh));
            clock.advance(SETTINGS.leafLifetime().plus(SETTINGS.settle()));
            fresh.tick();
            assertThat(store.state().bundle().authorities()).doesNotContain(lost);
        }

        @Test
        void doesTheSameWhenTheSecretCannotBeRead() {
            store.put("tls.key", "garbage");

            fresh.tick();
            assertThat(store.isUsable()).isFalse();
            clock.advance(PATIENCE);
            fresh.tick();

            assertIsTrusted(served(old));
            assertThat(fresh.isReady()).isTrue();
        }

        @Test
        void waitsForNobodyWhenNoBundleShowsAnAuthority() {
            store.delete();
            configurations.reset();
            bundles.setBack("");

            fresh.tick();

            assertThat(store.isUsable()).isTrue();
        }

        @Test
        void waitsAnewWhenTheSecretGoesASecondTime() {
            store.delete();
            fresh.tick();
            clock.advance(PATIENCE);
            old.tick();
            fresh.tick();
            store.delete();

            replica().tick();

            assertThat(store.isUsable()).isFalse();
        }

        @Test
        void endsItsWaitWhenItsClockIsSetBack() {
            store.delete();
            fresh.tick();
            clock.advance(Duration.ofDays(-1));

            fresh.tick();

            assertThat(store.isUsable()).isTrue();
        }
    }

    @Nested
    class AReplicaThatWasAway {
        private final Replica away = replica();

        @Test
        void doesNotPutTheSignerOfBeforeARotationBack() {
            away.tick();
            var first = store.state().current();
            away.partition(true);
            for (int i = 0; i < 300; i++) {
                clock.advance(Duration.ofSeconds(1));
                old.tick();
            }
            var second = store.state().current();
            assertThat(second.certificate()).isNotEqualTo(first.certificate());
            store.delete();
            away.partition(false);

            away.tick();
            assertThat(store.isUsable()).isFalse();
            clock.advance(PATIENCE);
            away.tick();

            assertThat(store.state().current().certificate()).isNotIn(first.certificate(), second.certificate());
            assertIsTrusted(served(old));
        }
    }

    @Nested
    class WhatTheBundlesShow {
        private final CertificateAuthority first = Fixtures.authority();
        private final CertificateAuthority second = Fixtures.authority(NOW.plusSeconds(1));

        @Test
        void countsWhereEveryBundleShowsIt() {
            var found = ShownAuthorities.in(List.of(bundle(first, second), bundle(first)), NOW);

            assertThat(found.trusted()).containsExactly(first.certificate());
        }

        @Test
        void countsBesideABundleThatWasEmptied() {
            var found = ShownAuthorities.in(List.of(bundle(first), bundle()), NOW);

            assertThat(found.trusted()).containsExactly(first.certificate());
        }

        @Test
        void isForgottenWhenItHasExpired() {
            var end = first.notAfter().plusSeconds(1);

            assertThat(ShownAuthorities.in(List.of(bundle(first)), end).trusted())
                    .isEmpty();
        }

        @Test
        void isForgottenWhenItIsNotOurs() {
            var other = CertificateAuthority.create("other", SETTINGS.caLifetime(), NOW, Fixtures.RANDOM);

            var found = ShownAuthorities.in(List.of(bundle(other, first)), NOW);

            assertThat(found.trusted()).containsExactly(first.certificate());
            assertThat(found.signers()).isEmpty();
        }

        @Test
        void isTheNewestWhenThereAreTooMany() {
            var many = IntStream.rangeClosed(0, ShownAuthorities.MOST)
                    .mapToObj(i -> Fixtures.authority(NOW.plusSeconds(i)))
                    .toArray(CertificateAuthority[]::new);

            var found = ShownAuthorities.in(List.of(bundle(many)), NOW);

            assertThat(found.trusted()).hasSize(ShownAuthorities.MOST).doesNotContain(many[0].certificate());
        }
    }

    private Replica replica() {
        return new Replica(clock, Duration.ZERO, store, configurations, bundles);
    }

    private static IssuedCertificate served(Replica replica) {
        return Objects.requireNonNull(replica.served());
    }

    private void assertIsTrusted(IssuedCertificate leaf) {
        assertThat(configurations.bundles())
                .allSatisfy(pem -> assertThatCode(
                                () -> TrustBundle.read(pem).verifyServer(leaf.chain(), HOST, clock.instant()))
                        .doesNotThrowAnyException());
    }
}
