package dev.aquifer.webhook.command.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.certs.CertificateAuthority;
import dev.aquifer.webhook.command.lookup.FileObjects;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificateCheckTest {
    private static final Instant BIRTH = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration LIFETIME = Duration.ofDays(365);
    private static final String AUTHORITY = authority(LIFETIME);

    @TempDir
    private Path folder;

    @Test
    void isContentWithAnAuthorityThatIsValidForLong() throws IOException {
        assertThat(found(AUTHORITY, BIRTH.plus(Duration.ofDays(100)))).satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.OK);
            assertThat(finding.message()).contains("valid until 2027-01-01").endsWith("265 days");
        });
    }

    /** Of a year it has a third left when it is renewed, and of thirty days ten. */
    @ParameterizedTest
    @CsvSource({"365, 31, OK", "365, 29, WARNING", "30, 10, OK", "30, 6, OK", "30, 4, WARNING"})
    void warnsOfAnAuthorityThatWasNotRenewed(int life, int left, Severity severity) throws IOException {
        assertThat(found(authority(Duration.ofDays(life)), BIRTH.plus(Duration.ofDays(life - left))))
                .satisfies(finding -> {
                    assertThat(finding.severity()).isEqualTo(severity);
                    assertThat(finding.message().endsWith("it should have been renewed"))
                            .isEqualTo(severity == Severity.WARNING);
                });
    }

    @Test
    void findsAnAuthorityThatHasExpired() throws IOException {
        assertThat(found(AUTHORITY, BIRTH.plus(LIFETIME))).satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.ERROR);
            assertThat(finding.message()).contains("expired");
        });
    }

    @Test
    void findsABundleThatIsNone() throws IOException {
        assertThat(found("bm9uZQ==", BIRTH)).satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.ERROR);
            assertThat(finding.message()).startsWith("expected ");
        });
    }

    private static String authority(Duration lifetime) {
        return Base64.getEncoder()
                .encodeToString(CertificateAuthority.create("aquifer", lifetime, BIRTH, new SecureRandom())
                        .certificatePem()
                        .getBytes(StandardCharsets.UTF_8));
    }

    private Finding found(String bundle, Instant now) throws IOException {
        Path file = folder.resolve("webhooks.yaml");
        Files.writeString(file, """
                kind: MutatingWebhookConfiguration
                metadata: {name: aquifer-admission, labels: {aquifer.dev/inject-ca: "true"}}
                webhooks:
                - {name: pods.aquifer.dev, clientConfig: {caBundle: %s}}
                """.formatted(bundle));
        return new CertificateCheck(new FileObjects(List.of(file.toString())), Clock.fixed(now, ZoneOffset.UTC))
                .run()
                .getFirst();
    }
}
