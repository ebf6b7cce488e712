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

class CertificateCheckTest {
    private static final Instant BIRTH = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration LIFETIME = Duration.ofDays(365);
    private static final String AUTHORITY = Base64.getEncoder()
            .encodeToString(CertificateAuthority.create("aquifer", LIFETIME, BIRTH, new SecureRandom())
                    .certificatePem()
                    .getBytes(StandardCharsets.UTF_8));

    @TempDir
    private Path folder;

    @Test
    void isContentWithAnAuthorityThatIsValidForLong() throws IOException {
        assertThat(found(AUTHORITY, BIRTH.plus(Duration.ofDays(100)))).satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.OK);
            assertThat(finding.message()).contains("valid until 2027-01-01").endsWith("265 days");
        });
    }

    @Test
    void warnsOfAnAuthorityThatWasNotRenewed() throws IOException {
        assertThat(found(AUTHORITY, BIRTH.plus(Duration.ofDays(360)))).satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.WARNING);
            assertThat(finding.message()).contains("it should have been renewed");
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
