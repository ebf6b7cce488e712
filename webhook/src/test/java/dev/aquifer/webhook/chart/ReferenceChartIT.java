package dev.aquifer.webhook.chart;

import static dev.aquifer.webhook.chart.Release.pods;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.ProjectedVolumeSource;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretVolumeSource;
import io.fabric8.kubernetes.api.model.Volume;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Case 3: what the charts of others taught, with the values of the example eden. */
class ReferenceChartIT {
    @RegisterExtension
    static final Release release = new Release();

    private static final String VALUES =
            Path.of("..", "manifests", "examples", "eden", "values.yaml").toString();
    /** Of a label, less what a ReplicaSet adds. */
    private static final int LONGEST = 52;
    /** Of a name in DNS. */
    private static final int LONGEST_SERVICE = 63;

    @Test
    void placesEveryPodOfJobsTooAndNamesEveryImageByDigestOrTag() {
        Map<String, PodTemplateSpec> pods = pods(render());

        assertThat(pods.keySet())
                .anyMatch(name -> name.startsWith("Job/"))
                .contains("Deployment/aquifer-admission", "Deployment/aquifer-binder", "DaemonSet/aquifer-node");
        assertThat(pods).allSatisfy((name, pod) -> {
            assertThat(pod.getSpec().getImagePullSecrets())
                    .extracting(LocalObjectReference::getName)
                    .containsExactly("registry");
            assertThat(pod.getSpec().getNodeSelector()).containsEntry("pool", "services");
            assertThat(pod.getSpec().getTolerations()).anyMatch(toleration -> "dedicated".equals(toleration.getKey()));
            assertThat(pod.getSpec().getAffinity().getNodeAffinity()).isNotNull();
            boolean node = name.equals("DaemonSet/aquifer-node");
            assertThat(pod.getSpec().getContainers()).allSatisfy(container -> {
                assertThat(container.getImage())
                        .matches(
                                node
                                        ? "registry.example.org:5000/science/aquifer-node:0.1.0"
                                        : "registry.example.org:5000/science/aquifer@sha256:[0-9a-f]{64}");
                assertThat(container.getImagePullPolicy()).isEqualTo(node ? "Always" : "IfNotPresent");
            });
        });
    }

    @Test
    void makesNoSecretSoThatAReinstallationReplacesNone() {
        assertThat(render()).noneMatch(Secret.class::isInstance);
    }

    /** What gates a Secret gates the pod that needs it: here none needs one to start. */
    @Test
    void noPodWaitsForASecret() {
        List<PodSpec> pods =
                pods(render()).values().stream().map(PodTemplateSpec::getSpec).toList();

        assertThat(pods)
                .flatExtracting(PodSpec::getVolumes)
                .extracting(Volume::getSecret)
                .filteredOn(Objects::nonNull)
                .isNotEmpty()
                .allMatch(SecretVolumeSource::getOptional);
        assertThat(pods)
                .flatExtracting(PodSpec::getVolumes)
                .extracting(Volume::getProjected)
                .filteredOn(Objects::nonNull)
                .flatExtracting(ProjectedVolumeSource::getSources)
                .allMatch(source -> source.getSecret() == null);
        assertThat(pods).flatExtracting(PodSpec::getContainers).allSatisfy(container -> {
            assertThat(container.getEnvFrom()).isEmpty();
            assertThat(container.getEnv())
                    .extracting(EnvVar::getValueFrom)
                    .filteredOn(Objects::nonNull)
                    .allMatch(source -> source.getSecretKeyRef() == null);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "program.release=aquifer, found release 'aquifer' and namespace ''",
        "program.namespace=climate, found release '' and namespace 'climate'"
    })
    void isRefusedWithHalfOfAnIdentity(String half, String found) {
        assertThat(release.template("--set", "parts=cluster,namespaces={climate}," + half)
                        .failed())
                .contains("program: expected the release and the namespace of the other parts", found);
    }

    @ParameterizedTest
    @ValueSource(strings = {"climate_ref", "ClimateRef"})
    void isNotInstalledUnderANameThatDnsHasNot(String name) {
        assertThat(release.templateOf(name).failed()).contains("invalid release name");
    }

    /** Pods read no ConfigMap or Secret at their start, so their templates need no checksum of one. */
    @ParameterizedTest
    @CsvSource({
        "acceptFrom={climate}, Deployment/aquifer-admission",
        "admission.log.level=debug, Deployment/aquifer-admission",
        "admission.certificates.existingSecret=other, Deployment/aquifer-admission",
        "binder.log.level=debug, Deployment/aquifer-binder",
        "cache.quota=10Gi, DaemonSet/aquifer-node"
    })
    void rollsThePodsWhoseConfigurationChanges(String value, String rolled) {
        Map<String, PodTemplateSpec> before = pods(render());
        Map<String, PodTemplateSpec> after = pods(render("--set", value));

        assertThat(after.get(rolled)).isNotEqualTo(before.get(rolled));
    }

    @Test
    void cutsNamesSoThatEachHasRoomAndStaysItsOwn() {
        String common = "a-release-whose-name-is-as-long-as-helm-allows-it-to";
        List<String> one = names(common + "1");
        List<String> two = names(common + "2");

        assertThat(one)
                .filteredOn(name -> name.matches("(Deployment|DaemonSet|Job|Service)/.*"))
                .hasSizeGreaterThan(4)
                .allMatch(name -> name.substring(name.indexOf('/') + 1).length()
                        <= (name.startsWith("Service/") ? LONGEST_SERVICE : LONGEST));
        assertThat(one.stream().filter(name -> name.contains("/a-release")))
                .isNotEmpty()
                .doesNotContainAnyElementsOf(two);
    }

    private static List<String> names(String name) {
        return release.objects(release.templateOf(name, "--skip-tests=false", "--values", VALUES)).stream()
                .map(object -> object.getKind() + "/" + object.getMetadata().getName())
                .toList();
    }

    private static List<HasMetadata> render(String... more) {
        return release.objects(Stream.concat(Stream.of("--skip-tests=false", "--values", VALUES), Stream.of(more))
                .toArray(String[]::new));
    }
}
