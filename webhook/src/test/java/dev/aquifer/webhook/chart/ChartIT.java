package dev.aquifer.webhook.chart;

import static dev.aquifer.webhook.chart.Release.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.webhook.testing.ControlPlane;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The chart as Helm and the API server see it. */
class ChartIT {
    @RegisterExtension
    static final Release release = new Release();

    private static final ControlPlane api = release.api();

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
        void saysWhetherNodesEnforceSeLinux() {
            assertThat(release.template().succeeded()).contains("--selinux=false");
            assertThat(release.template("--set", "admission.seLinux=true").succeeded())
                    .contains("--selinux=true");
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

            assertThat(release.configuration()
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
    }
}
