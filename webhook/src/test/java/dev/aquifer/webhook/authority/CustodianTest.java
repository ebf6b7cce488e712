package dev.aquifer.webhook.authority;

import static dev.aquifer.webhook.authority.Fixtures.NOW;
import static dev.aquifer.webhook.authority.Fixtures.RANDOM;
import static dev.aquifer.webhook.authority.Fixtures.SETTINGS;
import static dev.aquifer.webhook.authority.Fixtures.bundle;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.aquifer.certs.CertificateAuthority;
import dev.aquifer.certs.TrustBundle;
import dev.aquifer.webhook.authority.Condition.Bad;
import dev.aquifer.webhook.authority.Condition.Good;
import dev.aquifer.webhook.authority.Condition.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CustodianTest {
    private final SettableClock clock = new SettableClock(NOW);
    private final FakeStore store = new FakeStore();
    private final Custodian custodian = custodian();

    @Test
    void makesAnAuthorityWhenThereIsNone() {
        var custody = attend(custodian);

        assertThat(custody.health()).isEqualTo(new Good());
        assertThat(store.state().current().notAfter()).isEqualTo(NOW.plus(SETTINGS.caLifetime()));
        assertThat(store.writes()).isEqualTo(1);
    }

    @Test
    void takesTheAuthorityOfWhoeverCameFirst() {
        var first = Fixtures.authority();
        store.afterRead(() -> {
            store.afterRead(() -> {});
            store.put(AuthorityState.of(first));
        });

        var custody = attend(custodian);

        assertThat(signer(custody).certificate()).isEqualTo(first.certificate());
        assertThat(store.writes()).isEqualTo(1);
    }

    @Test
    void writesNothingWhileNothingIsDue() {
        attend(custodian);
        clock.advance(Duration.ofSeconds(199));

        attend(custodian);

        assertThat(store.writes()).isEqualTo(1);
    }

    @Test
    void losesToAnotherWriteAndLooksAgain() {
        store.put(AuthorityState.of(Fixtures.authority()));
        clock.advance(Duration.ofSeconds(200));
        var other = Fixtures.authority(clock.instant());
        store.afterRead(() -> {
            store.afterRead(() -> {});
            store.put(store.state().prepared(other));
        });

        attend(custodian, store.state().bundle());

        assertThat(store.state().successor())
                .isNotNull()
                .satisfies(successor ->
                        assertThat(successor.authority().certificate()).isEqualTo(other.certificate()));
    }

    @Test
    void givesUpForNowWhenTheSecretNeverRests() {
        store.put(AuthorityState.of(Fixtures.authority()));
        clock.advance(Duration.ofSeconds(200));
        var writes = new AtomicInteger();
        store.afterRead(() -> store.put("note", "write " + writes.incrementAndGet()));

        var custody = attend(custodian, store.state().bundle());

        assertThat(reason(custody)).isEqualTo(Reason.API_SERVER);
        assertThat(store.state().successor()).isNull();
        assertThat(writes.get()).isEqualTo(8);
    }

    @Test
    void goesThroughAWholeRotation() {
        attend(custodian);
        var first = store.state().current();
        clock.advance(Duration.ofSeconds(200));
        attend(custodian, bundle(first));
        clock.advance(Duration.ofSeconds(1));
        attend(custodian, store.state().bundle());
        assertThat(store.state().current().certificate()).isEqualTo(first.certificate());
        clock.advance(SETTINGS.settle());
        attend(custodian, store.state().bundle());

        assertThat(store.state().current().certificate()).isNotEqualTo(first.certificate());
        assertThat(store.state().bundle().authorities()).hasSize(2);
        clock.advance(SETTINGS.leafLifetime().plus(SETTINGS.settle()));
        attend(custodian, store.state().bundle());
        assertThat(store.state().bundle().authorities())
                .containsExactly(store.state().current().certificate());
    }

    @Nested
    class ASecretOfAnother {
        @Test
        void isReportedAndLeftAlone() {
            store.put(AuthorityState.of(Fixtures.authority()));
            store.takeLabelAway();

            var custody = attend(custodian);

            assertThat(reason(custody)).isEqualTo(Reason.SECRET_FOREIGN);
            assertThat(custody.authority()).isNull();
            assertThat(store.writes()).isEqualTo(1);
        }

        @Test
        void doesNotMakeUsForgetWhatWeKnew() {
            attend(custodian);
            store.takeLabelAway();

            var custody = attend(custodian);

            assertThat(custody.authority()).isNotNull();
            assertThat(custody.isFresh()).isFalse();
            assertThat(store.writes()).isEqualTo(1);
        }
    }

    @Nested
    class ASecretOfOursThatCannotBeUsed {
        @Test
        void isReplaced() {
            store.put(AuthorityState.of(Fixtures.authority()));
            store.put("tls.key", "garbage");

            assertThat(attend(custodian).health()).isEqualTo(new Good());
            assertThat(store.data().get("tls.key")).contains("PRIVATE KEY");
        }

        @Test
        void isReplacedWhenExpired() {
            store.put(AuthorityState.of(Fixtures.authority()));
            clock.advance(Duration.ofDays(1));

            attend(custodian);

            assertThat(store.state().current().notAfter())
                    .isEqualTo(clock.instant().plus(SETTINGS.caLifetime()));
        }

        @Test
        void staysTrustedForOneMoreLeafWhenExpiredInCaseThisClockIsWrong() {
            store.put(AuthorityState.of(Fixtures.authority()));
            clock.advance(Duration.ofDays(1));
            attend(custodian);
            assertThat(store.state().bundle().authorities()).hasSize(2);

            clock.advance(SETTINGS.leafLifetime().plus(SETTINGS.settle()));
            attend(custodian);

            assertThat(store.state().bundle().authorities()).hasSize(1);
        }

        @Test
        void isKeptWhenOnlyPartlyDamaged() {
            store.put(AuthorityState.of(Fixtures.authority()));
            store.put("retired.crt", "garbage");
            var before = store.data();

            assertThat(reason(attend(custodian))).isEqualTo(Reason.SECRET_DAMAGED);
            assertThat(store.data()).isEqualTo(before);
        }
    }

    @Nested
    class ASecretThatWasDeletedOrCorrupted {
        @Test
        void comesBackAsARotationSoThatLeavesInUseStayTrusted() {
            attend(custodian);
            var old = store.state().current();
            store.delete();

            attend(custodian, bundle(old));

            assertThat(store.state().current().certificate()).isEqualTo(old.certificate());
            assertThat(store.state().successor()).isNotNull();
        }

        @Test
        void comesBackTheSameWayAfterCorruption() {
            attend(custodian);
            var old = store.state().current();
            store.put("tls.crt", "garbage");

            attend(custodian, bundle(old));

            assertThat(store.state().current().certificate()).isEqualTo(old.certificate());
            assertThat(store.state().successor()).isNotNull();
        }

        @Test
        void goesOnWithARotationThatWasUnderWay() {
            attend(custodian);
            clock.advance(Duration.ofSeconds(200));
            attend(custodian, store.state().bundle());
            var before = store.state().bundle();
            store.delete();

            attend(custodian, new TrustBundle(List.of()));

            assertThat(store.state().bundle()).isEqualTo(before);
        }
    }

    @Test
    void trustsAnAuthorityFromTheFutureUntilItsEndButSignsWithAnother() {
        var ahead = Fixtures.authority(NOW.plus(Duration.ofDays(2)));
        store.put(AuthorityState.of(ahead));

        var custody = attend(custodian);

        assertThat(signer(custody).notAfter()).isEqualTo(NOW.plus(SETTINGS.caLifetime()));
        assertThat(store.state().retired())
                .containsExactly(new RetiredAuthority(ahead.certificate(), ahead.notAfter()));
    }

    @Test
    void putsItsOwnSignerBackInsteadOfMakingOneAfterAnother() {
        attend(custodian);
        var own = store.state().current();
        store.put(AuthorityState.of(Fixtures.authority(NOW.plus(Duration.ofDays(2)))));

        attend(custodian);

        assertThat(store.state().current().certificate()).isEqualTo(own.certificate());
    }

    private Custodian custodian() {
        return new Custodian(store, SETTINGS, clock, RANDOM);
    }

    private static Custody attend(Custodian custodian, TrustBundle... shown) {
        return custodian.attend(List.of(shown));
    }

    private static CertificateAuthority signer(Custody custody) {
        return Objects.requireNonNull(custody.authority()).state().current();
    }

    private static Reason reason(Custody custody) {
        return assertThat(custody.health())
                .asInstanceOf(type(Bad.class))
                .actual()
                .reason();
    }
}
