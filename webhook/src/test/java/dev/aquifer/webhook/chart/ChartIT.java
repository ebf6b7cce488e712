package dev.aquifer.webhook.chart;

import static dev.aquifer.webhook.chart.Release.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.webhook.authority.Authority;
import dev.aquifer.webhook.authority.AuthoritySettings;
import dev.aquifer.webhook.authority.Condition;
import dev.aquifer.webhook.authority.ServedNames;
import dev.aquifer.webhook.cluster.InformedCluster;
import dev.aquifer.webhook.entitlement.AcceptedOwners;
import dev.aquifer.webhook.testing.ControlPlane;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The chart as Helm and the API server see it. */
class ChartIT {
    @RegisterExtension
    @Order(1)
    static final ControlPlane api = new ControlPlane();

    @RegisterExtension
    @Order(2)
    static final Release release = new Release(api);

    @Nested
    class Rendered {
        @Test
        void passesTheStrictLinter() {
            api.command()
                    .run("helm", "lint", "--strict", Release.CHART.toString())
                    .succeeded();
        }

        @Test
        void isWhatTheServerAcceptsWithEveryValueSet() {
            String manifests = release.template(
                            "--set", "acceptFrom={climate-data,genomes}",
                            "--set", "mountPathPrefixes={/shared}",
                            "--set", "image.pullSecrets[0].name=registry",
                            "--set", "admission.certificates.authorityLifetime=30d",
                            "--set", "admission.certificates.leafLifetime=1h",
                            "--set", "admission.priorityClassName=system-cluster-critical",
                            "--set", "admission.nodeSelector.a=b",
                            "--set", "admission.tolerations[0].operator=Exists",
                            "--set", "admission.podAnnotations.a=b",
                            "--set", "admission.podLabels.a=b")
                    .succeeded();
            String answer = api.command()
                    .runWithInput(
                            manifests,
                            "kubectl",
                            "apply",
                            "--server-side",
                            "--force-conflicts",
                            "--dry-run=server",
                            "--validate=strict",
                            "-f",
                            "-")
                    .succeeded();
            assertThat(answer).contains("deployment.apps/aquifer-admission", "aquifer-admission-mount-paths");
        }

        @ParameterizedTest
        @CsvSource({
            "admision.replicas=3, additional properties 'admision' not allowed",
            "admission.replicas=0, minimum: got 0",
            "acceptFrom={Climate}, does not match pattern",
            "mountPathPrefixes={shared}, does not match pattern",
            "mountPathPrefixes={/shared/}, does not match pattern",
            "image.repository=, minLength",
            "admission.log.level=loud, value must be one of",
            "admission.certificates.leafLifetime=soon, does not match pattern"
        })
        void isRefusedWithValuesThatCannotWork(String value, String message) {
            assertThat(release.template("--set", value).failed()).contains(message);
        }

        @ParameterizedTest
        @CsvSource({"1.30.0, false", "1.32.9, false", "1.33.0, true", "1.36.2, true", "v1.33.1-gke.1, true"})
        void asksForRecursiveReadOnlyMountsWhereTheServerHasThem(String version, boolean has) {
            assertThat(release.template("--kube-version", version).succeeded())
                    .contains("--recursive-read-only=" + has);
        }

        @Test
        void leavesTheDefinitionOutOnRequest() {
            assertThat(release.template().succeeded()).contains("kind: CustomResourceDefinition");
            assertThat(release.template("--set", "crd.install=false").succeeded())
                    .doesNotContain("kind: CustomResourceDefinition");
        }

        @Test
        void runsTheImageOfThisVersion() throws IOException {
            String pom = Files.readString(Path.of("..", "pom.xml"));
            var version = Pattern.compile("<artifactId>aquifer</artifactId>\\s*<version>(.*)</version>")
                    .matcher(pom);
            assertThat(version.find()).isTrue();
            assertThat(release.template().succeeded()).contains("image: \"aquifer:" + version.group(1) + '"');
        }
    }

    @Nested
    class Installed {
        @Test
        void keepsTheTrustBundleOverAnUpgrade() {
            api.client()
                    .admissionRegistration()
                    .v1()
                    .mutatingWebhookConfigurations()
                    .withName(Release.NAME)
                    .edit(configuration -> {
                        configuration.getWebhooks().getFirst().getClientConfig().setCaBundle(bundle());
                        return configuration;
                    });

            release.upgrade("acceptFrom={climate-data}");

            assertThat(configuration()
                            .getWebhooks()
                            .getFirst()
                            .getClientConfig()
                            .getCaBundle())
                    .isEqualTo(bundle());
        }

        @Test
        void runsUnderTheRestrictedPodSecurityStandard() {
            api.namespace("restricted", Map.of("pod-security.kubernetes.io/enforce", "restricted"));
            PodTemplateSpec template = api.client()
                    .apps()
                    .deployments()
                    .inNamespace(Release.NAMESPACE)
                    .withName(Release.NAME)
                    .get()
                    .getSpec()
                    .getTemplate();
            template.getSpec().setServiceAccountName("default");
            Pod pod = new PodBuilder()
                    .withNewMetadata()
                    .withName("admission")
                    .withNamespace("restricted")
                    .endMetadata()
                    .withSpec(template.getSpec())
                    .build();

            Pod created = api.client().resource(pod).dryRun().create();

            assertThat(created.getSpec()
                            .getContainers()
                            .getFirst()
                            .getSecurityContext()
                            .getReadOnlyRootFilesystem())
                    .isTrue();
        }

        @ParameterizedTest
        @CsvSource({
            "true, aquifer.dev, sharedvolumes, , , list",
            "true, aquifer.dev, sharedvolumes, , , watch",
            "false, aquifer.dev, sharedvolumes, ref, climate-data, update",
            "true, '', namespaces, , , list",
            "true, '', namespaces, , , watch",
            "false, '', namespaces, default, , patch",
            "false, '', pods, , default, list",
            "false, '', persistentvolumes, , , create",
            "true, '', secrets, , aquifer-system, create",
            "true, '', secrets, aquifer-admission-ca, aquifer-system, get",
            "true, '', secrets, aquifer-admission-ca, aquifer-system, update",
            "false, '', secrets, aquifer-admission-ca, aquifer-system, delete",
            "false, '', secrets, other, aquifer-system, get",
            "false, '', secrets, , aquifer-system, list",
            "false, '', secrets, aquifer-admission-ca, default, get",
            "true, admissionregistration.k8s.io, mutatingwebhookconfigurations, , , list",
            "true, admissionregistration.k8s.io, mutatingwebhookconfigurations, aquifer-admission, , get",
            "true, admissionregistration.k8s.io, mutatingwebhookconfigurations, aquifer-admission, , patch",
            "false, admissionregistration.k8s.io, mutatingwebhookconfigurations, other, , patch",
            "false, admissionregistration.k8s.io, validatingwebhookconfigurations, other, , patch",
            "false, admissionregistration.k8s.io, mutatingwebhookconfigurations, aquifer-admission, , delete"
        })
        void givesAdmissionTheRightsItUsesAndNoMore(
                boolean allowed, String group, String resource, String name, String namespace, String verb) {
            var review = new SubjectAccessReviewBuilder()
                    .withNewSpec()
                    .withUser("system:serviceaccount:" + Release.NAMESPACE + ":" + Release.NAME)
                    .withNewResourceAttributes()
                    .withGroup(group)
                    .withResource(resource)
                    .withName(name)
                    .withNamespace(namespace)
                    .withVerb(verb)
                    .endResourceAttributes()
                    .endSpec()
                    .build();

            eventually(() -> assertThat(
                            api.client().resource(review).create().getStatus().getAllowed())
                    .isEqualTo(allowed));
        }

        @Test
        void letsAdmissionKeepItsCertificates() {
            try (KubernetesClient own = asAdmission();
                    Authority authority = Authority.on(
                            own,
                            Release.NAME + "-ca",
                            new ServedNames(Release.NAME, Release.NAMESPACE, List.of()),
                            AuthoritySettings.defaults(),
                            Clock.systemUTC(),
                            leaf -> {})) {
                authority.start();
                eventually(() -> {
                    assertThat(authority.health()).isEqualTo(new Condition.Good());
                    assertThat(authority.readiness()).isEqualTo(new Condition.Good());
                });
            }
            assertThat(configuration()
                            .getWebhooks()
                            .getFirst()
                            .getClientConfig()
                            .getCaBundle())
                    .isNotEmpty();
        }

        @Test
        void letsAdmissionKnowNamespacesAndVolumes() {
            try (KubernetesClient own = asAdmission();
                    InformedCluster cluster = new InformedCluster(own, AcceptedOwners.NONE)) {
                eventually(() -> {
                    assertThat(cluster.problem()).isNull();
                    assertThat(cluster.tenant(Release.NAMESPACE)).isNotNull();
                });
            }
        }

        /** A client with the rights of the Deployment's pods. */
        private static KubernetesClient asAdmission() {
            String token = api.client()
                    .serviceAccounts()
                    .inNamespace(Release.NAMESPACE)
                    .withName(Release.NAME)
                    .tokenRequest(new TokenRequestBuilder()
                            .withNewSpec()
                            .withExpirationSeconds(600L)
                            .endSpec()
                            .build())
                    .getStatus()
                    .getToken();
            Config administrator = api.client().getConfiguration();
            Config config = new ConfigBuilder(Config.empty())
                    .withMasterUrl(administrator.getMasterUrl())
                    .withCaCertData(administrator.getCaCertData())
                    .withOauthToken(token)
                    .build();
            return new KubernetesClientBuilder().withConfig(config).build();
        }

        @Test
        void leavesTheDefinitionAndAllVolumesWhenItGoes() {
            api.namespace("keeper", Map.of());
            eventually(() -> Volumes.create(api, "keeper", "ref", "/ref"));

            release.uninstall();

            assertThat(api.command()
                            .run("kubectl", "get", "sv", "-n", "keeper", "-o", "name")
                            .succeeded())
                    .contains("sharedvolume.aquifer.dev/ref");
            release.upgrade();
        }

        /** Some certificate: the API server reads what it is given. */
        private static String bundle() {
            return api.client().getConfiguration().getCaCertData();
        }

        private static MutatingWebhookConfiguration configuration() {
            return api.client()
                    .admissionRegistration()
                    .v1()
                    .mutatingWebhookConfigurations()
                    .withName(Release.NAME)
                    .get();
        }
    }
}
