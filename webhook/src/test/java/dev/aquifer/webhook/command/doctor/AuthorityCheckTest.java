package dev.aquifer.webhook.command.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.certs.CertificateAuthority;
import dev.aquifer.certs.Pem;
import dev.aquifer.webhook.command.Manifest;
import java.math.BigInteger;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;

class AuthorityCheckTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
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
    void isContentWhereAnotherHasSignedTheAuthorityThatServes() throws Exception {
        CertificateAuthority root = root();
        assertThat(found(configuration(root.certificatePem()) + map(below(root)))
                        .severity())
                .isEqualTo(Severity.OK);
    }

    @Test
    void saysWhatItCannotSeeWhereTheAuthorityIsFarBelowARoot() throws Exception {
        assertThat(found(configuration(OLD) + map(below(root())))).satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.OK);
            assertThat(finding.message()).contains("can only be asked of admission");
        });
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
        List<Finding> found = new AuthorityCheck(Manifest.of(ADMISSION + more), () -> NOW).run();
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
        return root().certificatePem();
    }

    private static CertificateAuthority root() {
        return CertificateAuthority.create("aquifer", Duration.ofDays(365), NOW, new SecureRandom());
    }

    private static String below(CertificateAuthority root) throws Exception {
        var keys = KeyPairGenerator.getInstance("EC").generateKeyPair();
        var certificate = new JcaX509v3CertificateBuilder(
                        root.certificate(),
                        BigInteger.TWO,
                        Date.from(NOW),
                        Date.from(NOW.plus(Duration.ofDays(1))),
                        new X500Principal("CN=below"),
                        keys.getPublic())
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(true))
                .build(new JcaContentSignerBuilder("SHA256withECDSA").build(Pem.privateKey(root.privateKeyPem())));
        return Pem.write(List.of(new JcaX509CertificateConverter().getCertificate(certificate)));
    }
}
