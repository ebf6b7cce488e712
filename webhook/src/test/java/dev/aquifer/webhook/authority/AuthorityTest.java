package dev.aquifer.webhook.authority;

import static dev.aquifer.webhook.authority.Fixtures.HOST;
import static dev.aquifer.webhook.authority.Fixtures.NAMES;
import static dev.aquifer.webhook.authority.Fixtures.NOW;
import static dev.aquifer.webhook.authority.Fixtures.RANDOM;
import static dev.aquifer.webhook.authority.Fixtures.SETTINGS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.aquifer.certs.CertificateAuthority;
import dev.aquifer.certs.IssuedCertificate;
import dev.aquifer.certs.LeafNames;
import dev.aquifer.webhook.authority.Condition.Bad;
import dev.aquifer.webhook.authority.Condition.Good;
import dev.aquifer.webhook.authority.Condition.Reason;
import dev.aquifer.webhook.authority.WebhookConfiguration.Kind;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateParsingException;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class AuthorityTest {
    private final SettableClock clock = new SettableClock(NOW);
    private final FakeStore store = new FakeStore();
    private final FakeConfigurations configurations = new FakeConfigurations();
    private final FakeBundleStore bundles = new FakeBundleStore();
    private final List<IssuedCertificate> served = new ArrayList<>();
    private final Authority authority = authority(served::add);

    @Test
    void isReadyAfterOneLook() {
        assertThat(bad(authority.readiness()).reason()).isEqualTo(Reason.STARTING);
        assertThat(bad(authority.health()).reason()).isEqualTo(Reason.STARTING);

        authority.tick();

        assertThat(authority.readiness()).isEqualTo(new Good());
        assertThat(authority.health()).isEqualTo(new Good());
        assertThat(served).hasSize(1);
        assertThat(configurations.bundles())
                .hasSize(2)
                .containsOnly(store.state().bundle().pem());
    }

    @Test
    void comparesBeforeItWrites() {
        authority.tick();
        authority.tick();

        assertThat(configurations.writes()).isEqualTo(2);
        assertThat(store.writes()).isEqualTo(1);
        assertThat(served).hasSize(1);
    }

    @Test
    void putsBackABundleThatSomeoneRemoved() {
        authority.tick();
        configurations.reset();

        authority.tick();

        assertThat(configurations.bundles()).containsOnly(store.state().bundle().pem());
        assertThat(authority.readiness()).isEqualTo(new Good());
    }

    @Test
    void saysWhyThereIsNoLeaf() {
        store.put(AuthorityState.of(Fixtures.authority()));
        store.takeLabelAway();

        authority.tick();

        assertThat(served).isEmpty();
        assertThat(authority.readiness()).isEqualTo(new Bad(Reason.SECRET_FOREIGN, "not ours"));
    }

    @Test
    void publishesTheRestWhenOneConfigurationCannotBeWritten() {
        configurations.refuse(Kind.MUTATING);

        authority.tick();

        assertThat(configurations.bundles())
                .containsExactly("", store.state().bundle().pem());
        assertThat(bad(authority.health())).isEqualTo(new Bad(Reason.API_SERVER, "MUTATING is forbidden"));
        assertThat(bad(authority.readiness()).reason()).isEqualTo(Reason.NOT_TRUSTED);
    }

    @Nested
    class IssuedByAnother {
        private final CertificateAuthority issued = Fixtures.authority();

        @BeforeEach
        void issue() {
            store.issue(issued);
            configurations.giveAway(Fixtures.bundle(issued).pem());
        }

        @Test
        void servesALeafOfItAndWritesForNodesOnly() {
            authority.tick();

            assertThat(authority.readiness()).isEqualTo(new Good());
            assertThat(authority.health()).isEqualTo(new Good());
            assertThat(store.writes()).isEqualTo(1);
            assertThat(configurations.writes()).isZero();
            assertThat(bundles.read().bundle()).isEqualTo(Fixtures.bundle(issued));
        }

        @Test
        void neverMakesAnother() {
            authority.tick();
            clock.advance(SETTINGS.caRotation().plusSeconds(1));
            authority.tick();
            assertThat(authority.health()).isEqualTo(new Good());

            clock.advance(SETTINGS.caLifetime());
            authority.tick();

            assertThat(store.writes()).isEqualTo(1);
            assertThat(bad(authority.health()).reason()).isEqualTo(Reason.NO_LEAF);
        }

        @Test
        void takesUpTheNextOne() {
            authority.tick();
            clock.advance(Duration.ofSeconds(5));
            var next = Fixtures.authority(clock.instant());
            store.issue(next);
            configurations.giveAway(Fixtures.bundle(next).pem());

            authority.tick();

            assertThat(authority.readiness()).isEqualTo(new Good());
            assertThat(served).hasSize(2);
        }

        @Test
        void isNotReadyBeforeTheInjectorHasWritten() {
            configurations.giveAway("");

            authority.tick();

            assertThat(bad(authority.readiness()).reason()).isEqualTo(Reason.NOT_TRUSTED);
            assertThat(configurations.writes()).isZero();
        }
    }

    @Nested
    class ForNodes {
        private static final LeafNames NODE = LeafNames.uri(URI.create("aquifer://node/one"));
        private final KeyPair keys = keys();

        @Test
        void publishesTheBundleOnceAndPutsItBack() {
            authority.tick();
            authority.tick();
            assertThat(bundles.writes()).isEqualTo(1);
            bundles.setBack("not a certificate");

            authority.tick();

            assertThat(bundles.read().pem()).isEqualTo(store.state().bundle().pem());
            assertThat(authority.readiness()).isEqualTo(new Good());
        }

        @Test
        void signsWithTheSuccessorOnlyOnceNodesTrustIt() {
            authority.tick();
            var first = store.state().current();
            bundles.refuse(true);
            clock.advance(SETTINGS.caRotation());
            for (int i = 0; i < 10; i++) {
                authority.tick();
                clock.advance(SETTINGS.settle());
            }
            assertThat(store.state().isChanging()).isTrue();
            assertThat(store.state().current().certificate()).isEqualTo(first.certificate());
            assertThat(bad(authority.health()).message()).isEqualTo("the ConfigMap is forbidden");

            bundles.refuse(false);
            for (int i = 0; i < 4; i++) {
                authority.tick();
                clock.advance(SETTINGS.settle());
            }

            assertThat(store.state().current().certificate()).isNotEqualTo(first.certificate());
        }

        @Test
        void signsForAServerAndClientNoLongerThanAReplicasOwnLeaf() throws CertificateParsingException {
            authority.tick();

            var leaf = authority.sign(keys.getPublic(), NODE, Duration.ofHours(4));
            var brief = authority.sign(keys.getPublic(), NODE, Duration.ofSeconds(2));

            store.state().bundle().verify(List.of(leaf), clock.instant());
            assertThat(leaf.getSubjectAlternativeNames()).containsExactly(List.of(6, "aquifer://node/one"));
            assertThat(leaf.getExtendedKeyUsage()).hasSize(2);
            assertThat(leaf.getNotAfter().toInstant()).isEqualTo(NOW.plus(SETTINGS.leafLifetime()));
            assertThat(brief.getNotAfter().toInstant()).isEqualTo(NOW.plusSeconds(2));
        }

        @Test
        void signsNothingBeforeThereIsAnAuthorityOrLongAfterItWasRead() {
            assertThatThrownBy(() -> authority.sign(keys.getPublic(), NODE, Duration.ofHours(4)))
                    .hasMessageContaining("found none yet");
            authority.tick();
            clock.advance(SETTINGS.leafLifetime());

            assertThatThrownBy(() -> authority.sign(keys.getPublic(), NODE, Duration.ofHours(4)))
                    .hasMessageContaining("Expected an authority that was read within");
        }

        private static KeyPair keys() {
            try {
                var generator = KeyPairGenerator.getInstance("EC");
                generator.initialize(new ECGenParameterSpec("secp256r1"));
                return generator.generateKeyPair();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    void isNotReadyWithoutAConfiguration() {
        configurations.removeAll();
        authority.tick();

        assertThat(bad(authority.readiness()).reason()).isEqualTo(Reason.NO_CONFIGURATION);
        assertThat(authority.health()).isEqualTo(new Good());
    }

    @Test
    void noticesAtOneTickThatTheClockJumpedOverEverything() {
        authority.tick();
        clock.advance(Duration.ofDays(400));
        assertThat(authority.readiness().isGood()).isFalse();

        authority.tick();

        assertThat(authority.readiness()).isEqualTo(new Good());
    }

    @Nested
    class WhenTheApiServerFails {
        @Test
        void servesOnAndSaysSo() {
            authority.tick();
            configurations.afterList(AuthorityTest::fail);

            authority.tick();

            assertThat(authority.readiness()).isEqualTo(new Good());
            assertThat(bad(authority.health())).isEqualTo(new Bad(Reason.API_SERVER, "connection refused"));
        }

        @Test
        void renewsTheLeafFromWhatItKnowsNoLongerThanThatIsSafe() {
            authority.tick();
            store.afterRead(AuthorityTest::fail);
            clock.advance(Duration.ofSeconds(40));
            authority.tick();
            assertThat(served).hasSize(1);

            clock.advance(Duration.ofSeconds(21));
            assertThat(authority.readiness().isGood()).isFalse();
            store.afterRead(() -> {});
            authority.tick();
            assertThat(authority.readiness()).isEqualTo(new Good());
        }
    }

    @Test
    void neverPublishesAnAuthorityThatItReadBefore() {
        authority.tick();
        store.takeLabelAway();
        configurations.reset();

        authority.tick();

        assertThat(configurations.bundles()).containsOnly("");
    }

    @Test
    void keepsTheOldLeafWhenTheNewCannotBeServed() {
        var refusing = authority(leaf -> {
            if (!served.isEmpty()) {
                throw new IllegalStateException("not this one");
            }
            served.add(leaf);
        });
        refusing.tick();
        clock.advance(Duration.ofSeconds(40));

        refusing.tick();

        assertThat(bad(refusing.health())).isEqualTo(new Bad(Reason.NO_LEAF, "not this one"));
        assertThat(refusing.leafExpiry()).isEqualTo(served.getFirst().notAfter());
        assertThat(refusing.readiness()).isEqualTo(new Good());
    }

    @Test
    void saysWhenCertificatesExpire() {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new CertificateMetrics(authority).bindTo(registry);
        assertThat(registry.scrape()).contains("aquifer_certificate_expiry_timestamp_seconds{use=\"leaf\"} NaN");

        authority.tick();

        var gauges = registry.get("aquifer.certificate.expiry.timestamp");
        assertThat(gauges.tag("use", "leaf").gauge().value())
                .isEqualTo((double) NOW.plus(SETTINGS.leafLifetime()).getEpochSecond());
        assertThat(registry.get("aquifer.certificate.expiry.timestamp")
                        .tag("use", "ca")
                        .gauge()
                        .value())
                .isEqualTo((double) NOW.plus(SETTINGS.caLifetime()).getEpochSecond());
    }

    @Test
    void looksByItselfOnceStarted() {
        try (authority) {
            authority.start();
            Awaitility.await().until(() -> authority.readiness().isGood());
        }
        store.state().bundle().verifyServer(served.getFirst().chain(), HOST, NOW);
    }

    private Authority authority(LeafConsumer consumer) {
        var leaves = new Leaves(NAMES, SETTINGS);
        var reconciler = new Reconciler(
                new Custodian(store, SETTINGS, clock, RANDOM), configurations, bundles, leaves, clock, consumer);
        return new Authority(reconciler, leaves, SETTINGS, clock);
    }

    private static void fail() {
        throw new IllegalStateException("connection refused");
    }

    private static Bad bad(Condition condition) {
        return assertThat(condition).asInstanceOf(type(Bad.class)).actual();
    }
}
