package dev.aquifer.webhook.command.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.certs.CertificateAuthority;
import dev.aquifer.webhook.command.Manifest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class AuthorityCheckTest {
    private static final String OLD = authority();
    private static final String NEW = authority();
    private static final String ADMISSION = """
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: aquifer-admission
              namespace: aquifer
              labels: {app.kubernetes.io/name: aquifer, app.kubernetes.io/component: admission}
            spec: {template: {spec: {containers: [{name: admission, args: [--ca-config-map=told]}]}}}
            """;

    @Test
    void isContentWhereBothTrustTheSame() {
        assertThat(found(configuration(OLD) + map(OLD))).satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.OK);
            assertThat(finding.subject()).isEqualTo("ConfigMap aquifer/told");
        });
    }

    @Test
    void isContentWithMoreThanServes() {
        assertThat(found(configuration(NEW + OLD) + map(OLD + NEW)).severity()).isEqualTo(Severity.OK);
    }

    @Test
    void findsAConfigMapThatHasNotTheAuthorityThatServes() {
        assertThat(found(configuration(NEW + OLD) + map(OLD))).satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.ERROR);
            assertThat(finding.message()).startsWith("expected the authority that admission serves by");
        });
    }

    @Test
    void findsAConfigMapThatIsMissingOrEmpty() {
        for (String none : List.of("", map("none"), map(""))) {
            assertThat(found(configuration(OLD) + none)).satisfies(finding -> {
                assertThat(finding.severity()).isEqualTo(Severity.ERROR);
                assertThat(finding.message()).contains("trust nobody");
            });
        }
    }

    @Test
    void leavesCaBundlesThatCannotBeReadToTheOtherCheck() {
        assertThat(found(configuration("none") + map(OLD)).severity()).isEqualTo(Severity.OK);
        assertThat(found(map(OLD)).severity()).isEqualTo(Severity.OK);
    }

    private static Finding found(String more) {
        List<Finding> found = new AuthorityCheck(Manifest.of(ADMISSION + more)).run();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    private static String configuration(String bundle) {
        return """
                ---
                apiVersion: admissionregistration.k8s.io/v1
                kind: MutatingWebhookConfiguration
                metadata: {name: aquifer-admission}
                webhooks: [{name: pods.aquifer.dev, clientConfig: {caBundle: %s}}]
                """.formatted(Base64.getEncoder().encodeToString(bundle.getBytes(UTF_8)));
    }

    private static String map(String authorities) {
        return """
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: told, namespace: aquifer}
                data:
                  ca.crt: |
                %s
                """.formatted(authorities.indent(4));
    }

    private static String authority() {
        return CertificateAuthority.create(
                        "aquifer", Duration.ofDays(365), Instant.parse("2026-01-01T00:00:00Z"), new SecureRandom())
                .certificatePem();
    }
}
