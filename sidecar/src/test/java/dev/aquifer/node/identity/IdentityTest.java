package dev.aquifer.node.identity;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.aquifer.certs.CertificateAuthority;
import dev.aquifer.certs.TrustBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IdentityTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Handshakes go by the true clock: what is signed now, and what is signed at the next renewal, is valid then. */
    private final Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofHours(3));

    private final AtomicReference<Instant> now = new AtomicReference<>(start);
    private final CertificateAuthority first = authority("first");
    private final TestEnrolment enrolment = new TestEnrolment(first, now::get);

    @TempDir
    Path folder;

    private Path file;
    private Identity identity;

    @BeforeEach
    void trustTheFirst() throws IOException {
        file = folder.resolve("ca.crt");
        trust(first);
        identity = new Identity(file, enrolment, now::get);
    }

    private CertificateAuthority authority(String name) {
        return CertificateAuthority.create(name, Duration.ofDays(30), start, RANDOM);
    }

    private void trust(CertificateAuthority... authorities) throws IOException {
        var certificates =
                Stream.of(authorities).map(CertificateAuthority::certificate).toList();
        Files.writeString(file, new TrustBundle(certificates).pem());
    }

    private void pass(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }

    private Instant notAfter() {
        return requireNonNull(identity.notAfter());
    }

    @Nested
    final class Renewal {
        @Test
        void theFirstCertificateIsAskedForAtOnce() throws Exception {
            assertThatExceptionOfType(IdentityException.class).isThrownBy(identity::context);

            identity.look();
            identity.await();

            assertThat(identity.context()).isNotNull();
            assertThat(notAfter()).isEqualTo(start.plus(Duration.ofHours(4)));
        }

        @Test
        void aCertificateIsRenewedAtTwoThirdsOfItsLife() throws Exception {
            identity.look();
            pass(Duration.ofMinutes(159));
            identity.look();
            assertThat(enrolment.asked).isEqualTo(1);

            pass(Duration.ofMinutes(1));
            identity.look();

            assertThat(enrolment.asked).isEqualTo(2);
            assertThat(notAfter()).isEqualTo(now.get().plus(Duration.ofHours(4)));
        }

        @Test
        void aClockThatJumpedIsNoticedAtTheNextLook() throws Exception {
            identity.look();
            pass(Duration.ofDays(2));

            assertThat(identity.look()).isLessThanOrEqualTo(Duration.ofSeconds(10));

            assertThat(notAfter()).isAfter(now.get());
        }

        @Test
        void aClockThatWasSetBackIsNoticedToo() throws Exception {
            pass(Duration.ofDays(3));
            identity.look();
            now.set(start.plus(Duration.ofDays(1)));

            identity.look();

            assertThat(notAfter()).isEqualTo(now.get().plus(Duration.ofHours(4)));
        }

        @Test
        void whileTheWebhookIsAwayTheOldCertificateServesAndTriesSlowDown() throws Exception {
            identity.look();
            var before = identity.context();
            enrolment.down = true;
            pass(Duration.ofHours(3));

            var waits = Stream.generate(this::look).limit(9).toList();

            assertThat(waits.getFirst()).isEqualTo(Duration.ofSeconds(1));
            assertThat(waits.getLast()).isEqualTo(Duration.ofMinutes(1));
            assertThat(identity.context()).isSameAs(before);
            enrolment.down = false;
            identity.look();
            assertThat(identity.context()).isNotSameAs(before);
        }

        @Test
        void onceTheOldCertificateHasEndedItIsSaidWhyThereIsNoOther() throws Exception {
            identity.look();
            enrolment.down = true;
            pass(Duration.ofHours(3));
            identity.look();
            assertThat(identity.context()).isNotNull();

            pass(Duration.ofHours(1));

            assertThatExceptionOfType(IdentityException.class)
                    .isThrownBy(identity::context)
                    .withMessage("Expected the webhook, found nobody there");
        }

        private Duration look() {
            try {
                return identity.look();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        @Test
        void whyThereIsNoneIsSaid() throws Exception {
            enrolment.down = true;
            identity.look();

            assertThatExceptionOfType(IdentityException.class)
                    .isThrownBy(identity::context)
                    .withMessage("Expected the webhook, found nobody there");
        }
    }

    @Nested
    final class Checks {
        @Test
        void aCertificateForAnotherKeyIsNeverUsed() throws Exception {
            var stranger = new Identity(
                    file,
                    (request, authorities) ->
                            List.of(enrolment.sign(OwnKey.generate(RANDOM).request())),
                    now::get);
            stranger.look();

            assertThatExceptionOfType(IdentityException.class)
                    .isThrownBy(stranger::context)
                    .withMessageContaining("found one for another key");
        }

        @Test
        void aCertificateOfAnAuthorityThatIsNotTrustedIsNeverUsed() throws Exception {
            enrolment.authority = authority("other");
            identity.look();

            assertThatExceptionOfType(IdentityException.class)
                    .isThrownBy(identity::context)
                    .withMessageContaining("Expected a certificate of an authority in");
        }

        @Test
        void aBrokenFileOfAuthoritiesChangesNothing() throws Exception {
            identity.look();
            var before = identity.context();
            Files.writeString(file, "-----BEGIN CERTIFICATE-----\nbroken");

            identity.look();

            assertThat(identity.context()).isSameAs(before);
        }
    }

    /** Two identities, which must be able to speak to each other at every step. */
    @Nested
    final class Rotation {
        private final CertificateAuthority second = authority("second");
        private final TestEnrolment otherEnrolment = new TestEnrolment(first, now::get);

        @Test
        void peersSpeakToEachOtherAtEveryStepOfARotation() throws Exception {
            var other = new Identity(file, otherEnrolment, now::get);
            step(other);

            trust(first, second);
            identity.look();
            Handshake.succeeds(identity.context(), other.context());
            step(other);

            enrolment.authority = second;
            otherEnrolment.authority = second;
            pass(Duration.ofHours(3));
            identity.look();
            assertThat(notAfter()).isEqualTo(now.get().plus(Duration.ofHours(4)));
            Handshake.succeeds(identity.context(), other.context());
            Handshake.succeeds(other.context(), identity.context());
            step(other);

            trust(second);
            identity.look();
            Handshake.succeeds(identity.context(), other.context());
            step(other);
        }

        @Test
        void aNewAuthorityIsTrustedThoughOurOwnRenewalFails() throws Exception {
            identity.look();
            enrolment.down = true;
            pass(Duration.ofHours(3));
            trust(first, second);
            otherEnrolment.authority = second;
            var other = new Identity(file, otherEnrolment, now::get);

            identity.look();
            other.look();

            Handshake.succeeds(identity.context(), other.context());
        }

        @Test
        void whoWasSignedByAnAuthorityThatIsGoneAsksAnewAtOnce() throws Exception {
            identity.look();
            enrolment.authority = second;
            trust(second);

            identity.look();

            assertThat(enrolment.asked).isEqualTo(2);
            Handshake.succeeds(identity.context(), identity.context());
        }

        @Test
        void whoIsTrustedNoMoreIsRefused() throws Exception {
            identity.look();
            SSLContext old = identity.context();
            enrolment.authority = second;
            trust(second);
            identity.look();

            Handshake.fails(identity.context(), old);
            Handshake.fails(old, identity.context());
        }

        private void step(Identity other) throws Exception {
            identity.look();
            other.look();
            Handshake.succeeds(identity.context(), other.context());
            Handshake.succeeds(other.context(), identity.context());
        }
    }
}
