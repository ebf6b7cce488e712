package dev.aquifer.webhook.chart;

import static dev.aquifer.webhook.chart.Release.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.aquifer.webhook.testing.ControlPlane;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhook;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhook;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.WebhookClientConfig;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An installation whose authority a real cert-manager makes, renews, and has the API server trust. */
class CertManagerIT {
    private static final String AUTHORITY = Release.NAME + "-issued-ca";
    private static final String NAMESPACE = "certified";

    private static final String VOLUME = """
            apiVersion: aquifer.dev/v1alpha1
            kind: SharedVolume
            metadata: {name: ref, namespace: certified}
            spec:
              source: {persistentVolumeClaim: {claimName: data}}
              mountPath: /ref
              directories: {make: false}
              roles: [{name: reader, paths: [{path: /, access: ReadOnly}]}]
              access: [{namespaces: {names: [certified]}, roles: [reader]}]
            """;

    private static final String POD = """
            apiVersion: v1
            kind: Pod
            metadata: {generateName: p-, namespace: certified, annotations: {aquifer.dev/volumes: ref@reader}}
            spec: {containers: [{name: main, image: busybox}]}
            """;

    /** As a company has them: its own root has signed the issuer of a cluster. */
    private static final String COMPANY = """
            apiVersion: cert-manager.io/v1
            kind: Issuer
            metadata: {name: company}
            spec: {selfSigned: {}}
            """ + authorityOf("root", "company") + authorityOf("between", "root");

    @RegisterExtension
    @Order(1)
    static final Release release = new Release();

    @RegisterExtension
    @Order(2)
    static final CertManager certManager = new CertManager(release.api());

    @RegisterExtension
    @Order(3)
    static final BeforeAllCallback values = CertManagerIT::upgrade;

    @RegisterExtension
    @Order(4)
    static final RunningAdmission admission = new RunningAdmission(release.api(), AUTHORITY);

    private static final ControlPlane api = release.api();

    private static void upgrade(ExtensionContext context) {
        release.upgrade("admission.certificates.certManager.enabled=true");
    }

    @BeforeAll
    static void share() {
        api.namespace(NAMESPACE, Map.of("aquifer.dev/inject", "enabled"));
        api.client().resource(VOLUME).create();
    }

    @AfterAll
    static void unshare() {
        api.client().resource(VOLUME).delete();
    }

    @Test
    void certManagerMakesTheAuthorityAndTheApiServerTrustsIt() {
        api.command()
                .run("kubectl", "-n", Release.NAMESPACE, "wait", "--for=condition=Ready", "certificate/" + AUTHORITY)
                .succeeded();

        assertThat(authority().getMetadata().getLabels()).containsEntry("aquifer.dev/authority", "issued");
        assertIsTrusted(authority());
        eventually(CertManagerIT::assertAdmits);
    }

    @Test
    void aRenewalIsTakenUpWithTheSameKey() {
        Secret before = authority();

        eventually(CertManagerIT::renew);

        eventually(() -> {
            assertThat(authority().getData().get("tls.crt"))
                    .isNotEqualTo(before.getData().get("tls.crt"));
            assertIsTrusted(authority());
        });
        assertThat(authority().getData().get("tls.key"))
                .isEqualTo(before.getData().get("tls.key"));
        eventually(CertManagerIT::assertAdmits);
    }

    @Test
    void anAuthorityFarBelowARootIsServedWithAllOfTheWay() {
        api.client()
                .load(new ByteArrayInputStream(COMPANY.getBytes(StandardCharsets.UTF_8)))
                .inNamespace(Release.NAMESPACE)
                .serverSideApply();

        // as the chart does with such an issuerRef
        patch("--type=merge", "{\"spec\": {\"issuerRef\": {\"name\": \"between\"}}}");

        eventually(() -> assertThat(text(authority().getData().get("tls.crt")).split("BEGIN CERTIFICATE"))
                .as("the authority, and the one between it and the root")
                .hasSize(3));
        eventually(() -> assertIsTrusted(authority()));
        eventually(CertManagerIT::assertAdmits);
    }

    private static String authorityOf(String name, String issuer) {
        return """
                ---
                apiVersion: cert-manager.io/v1
                kind: Certificate
                metadata: {name: %1$s}
                spec:
                  isCA: true
                  commonName: %1$s
                  secretName: %1$s
                  privateKey: {algorithm: ECDSA}
                  issuerRef: {name: %2$s}
                ---
                apiVersion: cert-manager.io/v1
                kind: Issuer
                metadata: {name: %1$s}
                spec: {ca: {secretName: %1$s}}
                """.formatted(name, issuer);
    }

    /** It asks for the volume: without admission, or with one that is not trusted, it would be refused. */
    private static void assertAdmits() {
        assertThatCode(() -> assertThat(api.client()
                                .resource(POD)
                                .dryRun()
                                .create()
                                .getMetadata()
                                .getAnnotations())
                        .containsKey("aquifer.dev/injected"))
                .doesNotThrowAnyException();
    }

    /** As {@code cmctl renew} does. */
    private static void renew() {
        String issuing = """
                [{"op": "add", "path": "/status/conditions/-", "value": {"type": "Issuing", "status": "True",
                  "reason": "ManuallyTriggered", "message": "renewed by a test", "lastTransitionTime": "%s"}}]
                """.formatted(Instant.now());
        patch("--type=json", issuing, "--subresource=status");
    }

    private static void patch(String type, String patch, String... more) {
        List<String> line = new ArrayList<>(
                List.of("kubectl", "-n", Release.NAMESPACE, "patch", "certificate/" + AUTHORITY, type, "-p", patch));
        line.addAll(List.of(more));
        api.command().run(line.toArray(String[]::new)).succeeded();
    }

    private static Secret authority() {
        return api.client()
                .secrets()
                .inNamespace(Release.NAMESPACE)
                .withName(AUTHORITY)
                .get();
    }

    /** By both webhook configurations; the injector leaves what it has found there. */
    private static void assertIsTrusted(Secret authority) {
        var v1 = api.client().admissionRegistration().v1();
        Stream<WebhookClientConfig> clients = Stream.concat(
                v1.mutatingWebhookConfigurations().withName(Release.NAME).get().getWebhooks().stream()
                        .map(MutatingWebhook::getClientConfig),
                v1.validatingWebhookConfigurations().withName(Release.NAME).get().getWebhooks().stream()
                        .map(ValidatingWebhook::getClientConfig));
        assertThat(clients.map(WebhookClientConfig::getCaBundle).map(CertManagerIT::text))
                .hasSizeGreaterThanOrEqualTo(2)
                .allSatisfy(bundle -> assertThat(bundle)
                        .contains(text(authority.getData().get("ca.crt")).strip()));
    }

    private static String text(@Nullable String base64) {
        return base64 == null ? "" : new String(Base64.getDecoder().decode(base64), StandardCharsets.US_ASCII);
    }
}
