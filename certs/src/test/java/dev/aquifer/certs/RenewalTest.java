package dev.aquifer.certs;

import static dev.aquifer.certs.Fixtures.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509Certificate;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RenewalTest {
    private final CertificateAuthority authority = Fixtures.authority();

    @ParameterizedTest
    @CsvSource({"PT3S, PT2S", "PT1H, PT40M", "P7D, PT112H"})
    void isDueAtTwoThirdsOfTheLifeSinceSigning(Duration lifetime, Duration due) {
        var leaf = leaf(lifetime);

        assertThat(Renewal.dueAt(leaf)).isEqualTo(NOW.plus(due));
        assertThat(Renewal.isDue(leaf, NOW.plus(due).minusMillis(1))).isFalse();
        assertThat(Renewal.isDue(leaf, NOW.plus(due))).isTrue();
    }

    @Test
    void staysDueHoweverLateSomeoneLooks() {
        assertThat(Renewal.isDue(leaf(Duration.ofHours(1)), NOW.plus(Duration.ofDays(400))))
                .isTrue();
    }

    @Test
    void isDueWhenTheClockWasSetBackBeforeTheCertificate() {
        var leaf = leaf(Duration.ofHours(1));

        assertThat(Renewal.isDue(leaf, NOW.minus(Renewal.BACKDATING))).isFalse();
        assertThat(Renewal.isDue(leaf, NOW.minus(Renewal.BACKDATING).minusMillis(1)))
                .isTrue();
    }

    @Test
    void isValidUpToBothEndsAndNoFurther() {
        var leaf = leaf(Duration.ofHours(1));
        var first = leaf.getNotBefore().toInstant();
        var last = leaf.getNotAfter().toInstant();

        assertThat(Renewal.isValid(leaf, first)).isTrue();
        assertThat(Renewal.isValid(leaf, last)).isTrue();
        assertThat(Renewal.isValid(leaf, first.minusMillis(1))).isFalse();
        assertThat(Renewal.isValid(leaf, last.plusMillis(1))).isFalse();
    }

    private X509Certificate leaf(Duration lifetime) {
        return authority.issue(Fixtures.server(lifetime), NOW).leaf();
    }
}
