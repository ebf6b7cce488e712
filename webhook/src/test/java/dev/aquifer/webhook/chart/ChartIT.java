package dev.aquifer.webhook.chart;

import static dev.aquifer.webhook.chart.Release.eventually;
import static dev.aquifer.webhook.chart.Release.pods;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.aquifer.webhook.testing.ControlPlane;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentSpec;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.storage.CSIDriver;
import io.fabric8.kubernetes.api.model.storage.CSIDriverSpec;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The chart as Helm and the API server see it. */
class ChartIT {
    @RegisterExtension
    static final Release release = new Release();

    private static final ControlPlane api = release.api();
    private static final Path VALUES = Path.of("src", "test", "resources", "chart", "values");
    private static final Path OLDER = VALUES.resolveSibling("older-chart.tgz");

    @BeforeAll
    static void makeNamespace() {
        api.namespace("rendered", Map.of());
        // of the chart's test: a dry run makes no namespace for what comes after it
        api.namespace("aquifer-test", Map.of());
    }

    private static List<HasMetadata> everything() {
        return release.objects(release.templateWithTests(
                "--values", VALUES.resolve("everything.yaml").toString()));
    }

    private static String alert(JsonNode rule) {
        return rule.path("alert").asText();
    }

    /** What an API server answers that has the definitions of somebody else too. */
    private static String dryRunBesideDefinitions(String file, String manifests) throws IOException {
        String definitions = VALUES.resolveSibling(file + ".yaml").toString();
        api.command().run("define", definitions).succeeded();
        try {
            eventually(() -> release.dryRun(manifests));
            return release.dryRun(manifests);
        } finally {
            api.command().run("kubectl", "delete", "-f", definitions).succeeded();
        }
    }

    @Nested
    class Rendered {
        @Test
        void passesTheStrictLinter() {
            api.command()
                    .run("helm", "lint", "--strict", Release.CHART.toString())
                    .succeeded();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"everything", "each-part-its-own", "least", "part-of-the-cluster", "part-of-the-namespaces"})
        void isWhatTheServerAccepts(String values) {
            String answer = release.dryRun(release.templateWithTests(
                            "--values", VALUES.resolve(values + ".yaml").toString())
                    .succeeded());

            assertThat(answer).contains("aquifer-admission").doesNotContain("Warning");
        }

        @ParameterizedTest
        @ValueSource(strings = {"cert-manager", "prometheus-operator"})
        void isWhatAServerAcceptsThatHasTheDefinitionsOfOthers(String values) throws IOException {
            String manifests = release.templateWithTests(
                            "--values", VALUES.resolve(values + ".yaml").toString())
                    .succeeded();

            assertThat(dryRunBesideDefinitions(values, manifests))
                    .contains("aquifer-admission")
                    .doesNotContain("Warning");
        }

        @Test
        void letsOneContainerOfANodeMountAndTheOtherTalk() {
            List<HasMetadata> objects = release.objects("--set", "cache.enabled=true");
            PodSpec pod = Release.one(DaemonSet.class, "aquifer-node", objects)
                    .getSpec()
                    .getTemplate()
                    .getSpec();
            Container mount = pod.getContainers().getFirst();
            Container fetch = pod.getContainers().getLast();

            assertThat(pod.getHostNetwork()).isNull();
            assertThat(pod.getAutomountServiceAccountToken()).isFalse();
            assertThat(pod.getPriorityClassName()).isEqualTo("system-node-critical");
            assertThat(pod.getTolerations()).isEmpty();
            assertThat(mount.getName()).isEqualTo("mount");
            assertThat(mount.getSecurityContext().getPrivileged()).isTrue();
            assertThat(mount.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
            assertThat(mount.getPorts()).isEmpty();
            assertThat(mount.getVolumeMounts())
                    .extracting(VolumeMount::getName)
                    .containsExactly("kubelet", "plugin", "registration", "cache", "run", "tmp");
            SecurityContext ofFetch = fetch.getSecurityContext();
            assertThat(ofFetch.getPrivileged()).isNull();
            assertThat(ofFetch.getAllowPrivilegeEscalation()).isFalse();
            assertThat(ofFetch.getReadOnlyRootFilesystem()).isTrue();
            assertThat(ofFetch.getCapabilities().getDrop()).containsExactly("ALL");
            assertThat(ofFetch.getCapabilities().getAdd())
                    .containsExactly("CHOWN", "FOWNER", "DAC_OVERRIDE", "FSETID", "LINUX_IMMUTABLE");
            assertThat(fetch.getResources().getLimits()).isNullOrEmpty();
            assertThat(fetch.getVolumeMounts())
                    .allMatch(volume -> volume.getMountPropagation() == null)
                    .extracting(VolumeMount::getName)
                    .containsExactly("cache", "run", "datasets", "keys", "authority", "token", "tmp");
        }

        @Test
        void tellsKubeletHowTheDriverIsToBeCalled() {
            CSIDriverSpec driver = Release.one(
                            CSIDriver.class, "node.aquifer.dev", release.objects("--set", "cache.enabled=true"))
                    .getSpec();

            assertThat(driver.getAttachRequired()).isFalse();
            assertThat(driver.getPodInfoOnMount()).isTrue();
            assertThat(driver.getFsGroupPolicy()).isEqualTo("None");
            assertThat(driver.getSeLinuxMount()).isFalse();
            assertThat(driver.getVolumeLifecycleModes()).containsExactly("Persistent");
        }

        @Test
        void leavesTheAuthorityToCertManager() throws IOException {
            String manifests = release.template("--set", "admission.certificates.certManager.enabled=true")
                    .succeeded();

            assertThat(dryRunBesideDefinitions("cert-manager", manifests))
                    .contains("certificate.cert-manager.io/aquifer-admission-issued-ca serverside-applied")
                    .contains("issuer.cert-manager.io/aquifer-admission-issued-ca serverside-applied")
                    .doesNotContain("Warning");
            assertThat(manifests)
                    .contains("cert-manager.io/inject-ca-from: aquifer-system/aquifer-admission-issued-ca")
                    .contains("--ca-secret=aquifer-admission-issued-ca\n", "--ca-lifetime=8760h\n")
                    .contains("aquifer.dev/inject-ca: \"false\"")
                    .doesNotContain("aquifer.dev/inject-ca: \"true\"", "resources: [secrets, configmaps]");
        }

        @Test
        void hasWhatThePrometheusOperatorTakes() throws IOException {
            String manifests = release.template(
                            "--set", "cache.enabled=true,monitoring.podMonitors.enabled=true",
                            "--set", "monitoring.podMonitors.interval=30s,monitoring.rules.enabled=true")
                    .succeeded();

            assertThat(dryRunBesideDefinitions("prometheus-operator", manifests))
                    .contains("podmonitor.monitoring.coreos.com/aquifer-admission serverside-applied")
                    .contains("podmonitor.monitoring.coreos.com/aquifer-node serverside-applied")
                    .contains("podmonitor.monitoring.coreos.com/aquifer-origin serverside-applied")
                    .contains("prometheusrule.monitoring.coreos.com/aquifer-admission serverside-applied")
                    .doesNotContain("Warning");
        }

        /** The files are in the checkout; with {@code -Dgolden.write=true} they are written anew. */
        @ParameterizedTest
        @CsvSource({"install, false, restricted", "install-cached, true, privileged"})
        void isOneFileForThoseWithoutHelm(String name, boolean cache, String podSecurity) throws IOException {
            Process render = new ProcessBuilder(
                            "bash",
                            "-c",
                            "PATH=$(../e2e/ground/build helm):$PATH ../manifests/render --set cache.enabled=" + cache)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String manifests = new String(render.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Path file = Release.CHART.resolveSibling(name + ".yaml");
            if (Boolean.getBoolean("golden.write")) {
                Files.writeString(file, manifests);
            }

            assertThat(file)
                    .as("what manifests/render prints; CONTRIBUTING.md says how to write it anew")
                    .hasContent(manifests);
            assertThat(release.dryRun(manifests))
                    .contains("namespace/aquifer-system", "deployment.apps/aquifer-admission");
            assertThat(manifests)
                    .contains("pod-security.kubernetes.io/enforce: " + podSecurity)
                    .doesNotContain("helm.sh/hook");
        }

        /** {@code CommandLineIT} has the pod of the test come to such a namespace. */
        @Test
        void holdsTheNamespaceOfItsTestToTheRestrictedPodSecurityStandard() {
            List<HasMetadata> objects = release.objects(release.templateWithTests());

            assertThat(Release.one(Namespace.class, "aquifer-test", objects)
                            .getMetadata()
                            .getLabels())
                    .containsEntry("pod-security.kubernetes.io/enforce", "restricted");
        }

        @ParameterizedTest
        @CsvSource({
            "repository=x/y, x/y:0.1.0",
            "repository=host:5000/x, host:5000/x:0.1.0",
            "repository=host:5000/x:tag, host:5000/x:tag",
            "'registry=host:5000/team,repository=x,tag=v2', host:5000/team/x:v2",
            "'repository=host:5000/x:v1,digest=DIGEST', host:5000/x:v1@DIGEST",
            "digest=DIGEST, aquifer@DIGEST",
            "repository=x@DIGEST, x@DIGEST"
        })
        void namesAnImageByItsParts(String values, String reference) {
            String digest = "sha256:" + "0123456789abcdef".repeat(4);
            String own = reference.replace("DIGEST", digest);
            String set = Stream.of(values.replace("DIGEST", digest).split(",", -1))
                    .map(value -> "image." + value)
                    .collect(Collectors.joining(","));

            String manifests = release.template("--set-string", set).succeeded();

            assertThat(manifests).contains("--image=" + own + "\"");
            // the Job that runs at the end of an uninstallation too
            assertThat(manifests.lines().filter(line -> line.endsWith("image: \"" + own + "\"")))
                    .hasSize(3);
        }

        @Test
        void runsTheNodeAgentsImageInOriginsToo() {
            String manifests = release.template(
                            "--set", "cache.enabled=true,image.tag=v3,cache.image.pullPolicy=Always")
                    .succeeded();

            assertThat(manifests)
                    .contains("--node-image=aquifer-node:v3\"", "--node-image-pull-policy=Always")
                    .contains("image: \"aquifer-node:v3\"\n          imagePullPolicy: Always");
        }

        @Test
        void startsNoAgentBeforeItCanKnowWhomToTrust() {
            assertThat(release.template("--set", "cache.enabled=true").succeeded())
                    .contains("configMap:\n            name: aquifer-authority\n        - name: token");
        }

        @ParameterizedTest
        @CsvSource({
            "image.registry=host/team, host/team/aquifer-node:0.1.0",
            "'image.registry=host,cache.image.registry=other:5000', other:5000/aquifer-node:0.1.0",
            "'image.registry=host,cache.image.repository=other:5000/x:v1', other:5000/x:v1"
        })
        void takesTheNodeAgentsImageFromTheSameRegistryUnlessItNamesItsOwn(String values, String reference) {
            assertThat(release.template("--set", "cache.enabled=true," + values).succeeded())
                    .contains("--node-image=" + reference + '"', "image: \"" + reference + '"');
        }

        @ParameterizedTest
        @CsvSource({
            "'image.repository=x:v1,image.tag=v2', image.tag: expected none",
            "'cache.enabled=true,cache.image.repository=x@DIGEST,cache.image.digest=DIGEST', cache.image.digest: expected none",
            "'image.repository=host:5000/x,image.registry=other.example.org', image.registry: expected none"
        })
        void saysWhichOfTwoToLeaveOut(String values, String message) {
            assertThat(release.template("--set", values.replace("DIGEST", "sha256:" + "0123456789abcdef".repeat(4)))
                            .failed())
                    .contains(message, "leave one of them out");
        }

        @Test
        void givesEveryPodWhatIsSaidForAll() {
            Map<String, PodTemplateSpec> pods = pods(everything());

            assertThat(pods)
                    .containsOnlyKeys(
                            "Deployment/aquifer-admission",
                            "Deployment/aquifer-binder",
                            "DaemonSet/aquifer-node",
                            "Job/aquifer-test",
                            "Job/aquifer-uninstall");
            assertThat(pods).allSatisfy((name, pod) -> {
                assertThat(pod.getMetadata().getLabels()).containsEntry("team", "data");
                assertThat(pod.getMetadata().getAnnotations()).containsEntry("note", "1");
                PodSpec spec = pod.getSpec();
                assertThat(spec.getNodeSelector()).containsEntry("zone", "a");
                assertThat(spec.getTolerations()).extracting(Toleration::getKey).contains("dedicated");
                assertThat(spec.getAffinity().getNodeAffinity().getPreferredDuringSchedulingIgnoredDuringExecution())
                        .hasSize(1);
                assertThat(spec.getPriorityClassName())
                        .isEqualTo(name.startsWith("DaemonSet/") ? "system-node-critical" : "system-cluster-critical");
                assertThat(spec.getImagePullSecrets())
                        .extracting(LocalObjectReference::getName)
                        .containsExactly("registry");
                assertThat(spec.getContainers())
                        .allSatisfy(container -> assertThat(container.getEnv())
                                .extracting(EnvVar::getName)
                                .contains("HTTPS_PROXY"));
            });
        }

        @Test
        void givesAVariableOfAPartInPlaceOfTheOneForAll() {
            Map<String, PodTemplateSpec> pods = pods(everything());

            pods.forEach((name, pod) -> assertThat(pod.getSpec().getContainers())
                    .as(name)
                    .allSatisfy(container -> assertThat(container.getEnv())
                            .filteredOn(variable -> variable.getName().equals("TZ"))
                            .extracting(EnvVar::getValue)
                            .containsExactly(name.endsWith("-node") ? "UTC" : "Europe/Berlin")));
        }

        @Test
        void spreadsPodsAsTheirPartSaysAndThenAsIsSaidForAll() {
            Map<String, PodTemplateSpec> pods = pods(everything());
            PodTemplateSpec none = new PodTemplateSpec();
            String region = "topology.kubernetes.io/region ScheduleAnyway 1";
            String host = "kubernetes.io/hostname ScheduleAnyway ";

            assertThat(spread(pods.getOrDefault("Deployment/aquifer-admission", none)))
                    .containsExactly("topology.kubernetes.io/zone DoNotSchedule 2", host + 1, region);
            assertThat(spread(pods.getOrDefault("DaemonSet/aquifer-node", none)))
                    .isEmpty();
            pods.forEach((name, pod) -> {
                if (!name.endsWith("-node") && !name.endsWith("-admission")) {
                    assertThat(spread(pod)).as(name).containsExactly(region, host + 5);
                }
                for (TopologySpreadConstraint one : pod.getSpec().getTopologySpreadConstraints()) {
                    assertThat(pod.getMetadata().getLabels())
                            .as("%s counts itself", name)
                            .containsAllEntriesOf(one.getLabelSelector().getMatchLabels());
                }
            });
        }

        private static List<String> spread(PodTemplateSpec pod) {
            return pod.getSpec().getTopologySpreadConstraints().stream()
                    .map(one -> one.getTopologyKey() + " " + one.getWhenUnsatisfiable() + " " + one.getMaxSkew())
                    .toList();
        }

        /** A pod reads such a file when it starts: it would need a checksum of it, to be replaced when it changes. */
        @Test
        void startsNoPodOnAFileOfTheRelease() {
            List<HasMetadata> objects = everything();
            List<String> files = objects.stream()
                    .filter(object -> List.of("ConfigMap", "Secret").contains(object.getKind()))
                    .map(object -> object.getMetadata().getName())
                    .toList();

            assertThat(files).isNotEmpty();
            assertThat(pods(objects))
                    .allSatisfy((name, pod) -> assertThat(files)
                            .noneMatch(file -> named(Serialization.unmarshal(Serialization.asJson(pod), JsonNode.class))
                                    .contains(file)));
        }

        /** By volumes, and by variables of the environment. */
        private static Set<String> named(JsonNode pod) {
            return Stream.of("configMap", "secret", "configMapKeyRef", "secretKeyRef", "configMapRef", "secretRef")
                    .flatMap(kind -> pod.findValues(kind).stream())
                    .flatMap(of -> Stream.of(of.path("name"), of.path("secretName")))
                    .map(JsonNode::asText)
                    .collect(Collectors.toSet());
        }

        @Test
        void keepsNamesOfLongReleasesShortAndApart() {
            String common = "a-release-with-a-name-that-begins-as-another";
            List<String> names = Stream.of("one", "two")
                    .map(end -> release.templateOf(common + "-" + end)
                            .succeeded()
                            .lines()
                            .filter(line -> line.matches("  name: a-release.*-admission"))
                            .findFirst()
                            .orElseThrow()
                            .strip())
                    .toList();

            assertThat(names).doesNotHaveDuplicates().allMatch(name -> name.length() <= "name: ".length() + 52);
        }

        /** A namespace may be called 4711, true or 1e3, which YAML reads as something else than text. */
        @Test
        void keepsNamesTextThatLookLikeNumbers() throws IOException {
            String[] odd = {"-n", "1e3", "--set-json", "namespaces=[\"4711\",\"true\",\"0x1\"]"};
            String[] cached = {"-n", "815", "--set", "cache.enabled=true", "--set-string", "pods.priorityClassName=42"};

            Set<String> found = new TreeSet<>();
            for (String rendered : List.of(
                    release.templateWithTests(odd).succeeded(),
                    release.templateOf("4711", odd).succeeded(),
                    release.templateOf("4711", cached).succeeded())) {
                MappingIterator<JsonNode> documents =
                        new YAMLMapper().readerFor(JsonNode.class).readValues(rendered);
                while (documents.hasNext()) {
                    JsonNode document = documents.next();
                    assertThat(namesIn(document))
                            .as("%s %s", document.path("kind"), document.at("/metadata/name"))
                            .allMatch(JsonNode::isTextual);
                    document.findValues("namespace").forEach(name -> found.add(name.asText()));
                }
            }

            assertThat(found).contains("4711", "true", "0x1", "1e3", "815");
        }

        private static List<JsonNode> namesIn(JsonNode document) {
            return Stream.of(
                            "name",
                            "namespace",
                            "names",
                            "resourceNames",
                            "priorityClassName",
                            "app.kubernetes.io/instance")
                    .flatMap(key -> document.findValues(key).stream())
                    .flatMap(value -> value.isArray() ? value.valueStream() : Stream.of(value))
                    .filter(JsonNode::isValueNode)
                    .toList();
        }

        @Test
        void needsNoDefinitionOfThePrometheusOperatorUntilAsked() {
            assertThat(release.template().succeeded()).doesNotContain("monitoring.coreos.com");
            assertThat(release.template(
                                    "--set",
                                    "cache.enabled=true,monitoring.podMonitors.enabled=true,monitoring.rules.enabled=true",
                                    "--set",
                                    "monitoring.rules.runbook=https://docs.example.org/runbook")
                            .succeeded())
                    .contains("kind: PodMonitor", "kind: PrometheusRule")
                    .contains("runbook_url: https://docs.example.org/runbook#aquiferadmissiondown")
                    .doesNotContain("docs/runbook.md#");
        }

        /**
         * Another installation that one Prometheus measures too would hide that this one is dead. Certificates expire in origins
         * too, which are in the namespaces of owners.
         */
        @Test
        void alertsOfItsOwnInstallation() {
            List<JsonNode> rules = rules("cache.enabled=true");

            assertThat(expression("AquiferAdmissionDown", rules))
                    .isEqualTo("(count(aquifer_admission_connections{namespace=\"aquifer-system\"}) or vector(0)) < 1");
            assertThat(expression("AquiferNodeAgentDown", rules))
                    .contains("up{namespace=\"aquifer-system\", container=");
            assertThat(rules).allSatisfy(rule -> {
                assertThat(rule.at("/labels/installation").asText()).isEqualTo("aquifer-system");
                assertThat(rule.at("/labels/severity").asText()).isIn("critical", "warning");
                assertThat(rule.at("/annotations/runbook").asText()).startsWith("docs/runbook.md#");
                assertThat(rule.path("expr").asText())
                        .doesNotContain("namespace=~")
                        .doesNotContainPattern("aquifer_(?!node_certificate_)\\w++(?!\\{namespace=\"aquifer-system\")");
            });
        }

        @Test
        void alertsOfNodesWhereTheyHaveAgents() {
            assertThat(rules("cache.enabled=true"))
                    .extracting(ChartIT::alert)
                    .contains(
                            "AquiferNodeAgentDown",
                            "AquiferNodeCertificateExpiresSoon",
                            "AquiferCertificateExpiresSoon");
            assertThat(rules("parts=namespaces,namespaces={a}"))
                    .extracting(ChartIT::alert)
                    .contains("AquiferAdmissionDown", "AquiferCertificateExpiresSoon")
                    .noneMatch(alert -> alert.matches("Aquifer(Node|Fill|Snapshot|Verification|Cache[^S]|Quota).*"));
        }

        /** Renewed at two thirds, a certificate of a day has eight hours left then. */
        @ParameterizedTest
        @CsvSource({
            "crd.install=true, 86400, 2592000",
            "'admission.certificates.leafLifetime=30d,admission.certificates.authorityLifetime=730d', 86400, 2592000",
            "'admission.certificates.leafLifetime=24h,admission.certificates.authorityLifetime=30d', 14400, 432000",
            "'admission.certificates.certManager.enabled=true,admission.certificates.certManager.duration=720h', 86400, 432000"
        })
        void alertsOfCertificatesThatAreLateByTheirOwnLives(String values, String leaf, String authority) {
            List<JsonNode> rules = rules(values);

            assertThat(expression("AquiferCertificateExpiresSoon", rules)).endsWith(" - time() < " + leaf);
            assertThat(expression("AquiferAuthorityExpiresSoon", rules)).endsWith(" - time() < " + authority);
        }

        private static List<JsonNode> rules(String values) {
            GenericKubernetesResource made = Release.one(
                    GenericKubernetesResource.class,
                    Release.NAME,
                    release.objects("--set", "monitoring.rules.enabled=true," + values).stream()
                            .filter(object -> object.getKind().equals("PrometheusRule"))
                            .toList());
            List<JsonNode> rules = new ArrayList<>();
            for (JsonNode group : Serialization.unmarshal(Serialization.asJson(made), JsonNode.class)
                    .at("/spec/groups")) {
                group.path("rules").forEach(rules::add);
            }
            return rules;
        }

        private static String expression(String alert, List<JsonNode> rules) {
            return rules.stream()
                    .filter(rule -> alert(rule).equals(alert))
                    .findFirst()
                    .orElseThrow()
                    .path("expr")
                    .asText();
        }

        @Test
        void alertsOfPodsThatItsWebhookWasPassedOverFor() {
            assertThat(release.template("--set", "monitoring.rules.enabled=true")
                            .succeeded())
                    .contains("apiserver_admission_webhook_fail_open_count{name=\"%s\"}"
                            .formatted(release.configuration()
                                    .getWebhooks()
                                    .getFirst()
                                    .getName()));
        }

        @ParameterizedTest
        @CsvSource({
            "image.repository=X, a repository such as team/aquifer",
            "image.digest=sha256:12, a digest such as sha256:",
            "cache.image.pullPolicy=Sometimes, value must be one of",
            "monitoring.podMonitors.interval=often, a duration such as 30s",
            "cache.quota=much, bytes such as 200Gi",
            "cache.quota=200G, bytes such as 200Gi",
            "cache.minFree=100k, bytes such as 200Gi",
            "cache.scrubRate=20971520000Ki, 'bytes such as 200Gi, of at most 7 digits'",
            "admission.certificates.leafLifetime=20s, leafLifetime: expected at least 30s",
            "cache.maxUnavailable=some, a number of nodes",
            "admission.topologySpreadConstraints[0].maxSkew=1, missing properties",
            "admision.replicas=3, additional properties 'admision' not allowed",
            "admission.replicas=0, minimum: got 0",
            "acceptFrom={Climate}, 'the name of a namespace, or *'",
            "mountPathPrefixes={shared}, a path such as /shared",
            "mountPathPrefixes={/shared/}, a path such as /shared",
            "mountPathPrefixes={/etc/aquifer}, 'expected paths at which SharedVolumes may be mounted, found /etc/aquifer'",
            "parts=cluster, namespaces: expected the names of those that are served",
            "'namespaces={a},cache.enabled=true', cache.enabled: expected false beside namespaces",
            "'parts=cluster,namespaces={a}', program: expected the release and the namespace of the other parts",
            "'admission.certificates.certManager.enabled=true,admission.certificates.existingSecret=mine', existingSecret: expected none",
            "'admission.certificates.certManager.enabled=true,admission.certificates.authorityLifetime=9d', authorityLifetime: expected none",
            "admission.certificates.certManager.duration=1d, hours such as 8760h",
            "admission.certificates.leafLifetime=200d, authorityLifetime: expected at least three times leafLifetime (200d)",
            "admission.certificates.certManager.issuerRef.kind=ClusterIssuer, 'properties ''name'' required'",
            "monitoring.rules.runbook=docs/runbook.md, a URL such as",
            "ownerPods.topologySpreadConstraints[0].maxSkew=1, missing properties",
            "pods.topologySpreadConstraints[0].maxSkew=1, missing properties",
            "ownerPods.nodeSelectors.a=b, additional properties 'nodeSelectors' not allowed",
            "image.repository=, minLength",
            "admission.log.level=loud, value must be one of",
            "admission.certificates.leafLifetime=soon, 'a duration such as 365d, 24h or 90s'",
            "cache.folder=/etc/.., 'a folder of the node such as /var/lib/aquifer, without ..'",
            "mountPathPrefixes={/shared/..}, 'a path such as /shared, without ..'",
            "cache.folder=/var/lib/kubelet, 'cache.folder: expected a folder of its own, neither in cache.kubeletRoot (/var/lib/kubelet)'",
            "cache.folder=/var/lib/kubelet/cache, found /var/lib/kubelet/cache; name another",
            "cache.folder=/var/lib, found /var/lib; name another",
            "cache.quota=9999999Ti, 'of at most 7 digits, or 6 with Ti'",
            "program.release=Bad_Name, the name of a release",
            "program.namespace=Bad_NS, the name of a namespace",
            "image.pullSecrets[0].name=Not OK, image/pullSecrets/0/name",
            "ownerPods.pullSecrets[0].name=Not OK, ownerPods/pullSecrets/0/name",
            "pods.priorityClassName=Not OK, the name of a PriorityClass",
            "pods.labels.Not OK=x, pods.labels: expected keys such as team or example.org/team",
            "cache.podAnnotations.Not OK=x, cache.podAnnotations: expected keys such as team",
            "monitoring.rules.labels.Not OK=x, monitoring.rules.labels: expected keys such as team",
            "admission.podLabels.team=Not OK, the value of a label",
            "admission.resources.limits.memory=lots, 'a quantity such as 100m, 0.5 or 512Mi'",
            "cache.resources.fetch.limit.memory=1Gi, additional properties 'limit' not allowed",
            "pods.tolerations[0].foo=bar, additional properties 'foo' not allowed",
            "'admission.env[0].name=AQUIFER_CA_SETTLE,admission.env[0].value=soon', expected AQUIFER_CA_SETTLE to be a duration in whole numbers such as 5m",
            "'pods.env[0].name=AQUIFER_CA_SETTLE,pods.env[0].value=2h', 'of at most 1h, found 2h'",
            "'admission.env[0].name=A,admission.env[0].valu=x', additional properties 'valu' not allowed",
            "'cache.env[0].name=A,cache.env[0].valueFrom.fieldRef.path=x', additional properties 'path' not allowed",
            "pods.affinity.nodeAfinity.x=y, additional properties 'nodeAfinity' not allowed",
            "admission.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].topology=x, missing property 'topologyKey'",
            "ownerPods.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.terms=x, missing property 'nodeSelectorTerms'",
            "'pods.topologySpreadConstraints[0].topologyKey=a,pods.topologySpreadConstraints[0].maxSkew=1,pods.topologySpreadConstraints[0].whenUnsatisfiable=Never', value must be one of 'DoNotSchedule'",
            "networkPolicies.metricsFrom[0].namespaceSelectors.x=y, additional properties 'namespaceSelectors' not allowed",
            "networkPolicies.metricsFrom[0].ipBlock.except={10.0.0.0/8}, missing property 'cidr'",
            "'admission.certificates.certManager.issuerRef.name=a,admission.certificates.certManager.issuerRef.kind=Cluster', 'value must be one of '''', ''Issuer'', ''ClusterIssuer'''",
            "binder.env[0].name=AQUIFER_IDENTITY, 'binder.env: expected none of the variables that the chart sets itself, found AQUIFER_IDENTITY; leave it out'",
            "pods.env[0].name=NODE_NAME, 'pods.env: expected none of the variables that the chart sets itself, found NODE_NAME'",
            "'ownerPods.env[0].name=A,ownerPods.env[1].name=A', 'ownerPods.env: expected each variable once, found A twice'",
            "admission.certificates.authorityLifetime=4000d, 'authorityLifetime: expected at most ten years (3650d, or 87600h), found 4000d'",
            "'admission.certificates.certManager.enabled=true,admission.certificates.leafLifetime=400d', 'certManager.duration: expected at least three times leafLifetime (400d) and 5m together, found 8760h'"
        })
        void isRefusedWithValuesThatCannotWork(String value, String message) {
            assertThat(release.template("--set", value).failed()).contains(message);
        }

        /** As those have that are not cert-manager's own. */
        @Test
        void takesAnyKindOfIssuerOfAnotherGroup() {
            String issuer = "admission.certificates.certManager.issuerRef.";
            assertThat(release.template(
                                    "--set",
                                    "admission.certificates.certManager.enabled=true",
                                    "--set",
                                    issuer + "name=a," + issuer + "kind=StepIssuer," + issuer
                                            + "group=certmanager.step.sm")
                            .succeeded())
                    .contains("kind: StepIssuer");
        }

        @ParameterizedTest
        @CsvSource({"1.30.0, false", "1.32.9, false", "1.33.0, true", "1.36.2, true", "v1.33.1-gke.1, true"})
        void asksForRecursiveReadOnlyMountsWhereTheServerHasThem(String version, boolean has) {
            assertThat(release.template("--kube-version", version).succeeded())
                    .contains("--recursive-read-only=" + has);
        }

        @Test
        void keepsAdmissionOnMoreNodesThanOneAndLetsOnePodGoAtATime() {
            List<HasMetadata> objects = release.objects();
            DeploymentSpec admission =
                    Release.one(Deployment.class, Release.NAME, objects).getSpec();
            LabelSelector pods = admission.getSelector();

            assertThat(admission.getReplicas()).isEqualTo(2);
            assertThat(admission.getTemplate().getSpec().getTopologySpreadConstraints())
                    .singleElement()
                    .satisfies(spread -> {
                        assertThat(spread.getTopologyKey()).isEqualTo("kubernetes.io/hostname");
                        assertThat(spread.getMaxSkew()).isOne();
                        // a cluster of one node has both replicas there
                        assertThat(spread.getWhenUnsatisfiable()).isEqualTo("ScheduleAnyway");
                        assertThat(spread.getLabelSelector()).isEqualTo(pods);
                    });
            assertThat(Release.one(PodDisruptionBudget.class, Release.NAME, objects)
                            .getSpec())
                    .satisfies(budget -> {
                        assertThat(budget.getMaxUnavailable()).isEqualTo(new IntOrString(1));
                        assertThat(budget.getMinAvailable()).isNull();
                        assertThat(budget.getSelector()).isEqualTo(pods);
                        // a node with a pod that does not work can be emptied
                        assertThat(budget.getUnhealthyPodEvictionPolicy()).isEqualTo("AlwaysAllow");
                    });
        }

        @Test
        void letsPodsThroughWhenAdmissionTakesLongerThanTwoSeconds() {
            assertThat(Release.one(MutatingWebhookConfiguration.class, Release.NAME, release.objects())
                            .getWebhooks())
                    .singleElement()
                    .satisfies(webhook -> {
                        assertThat(webhook.getTimeoutSeconds()).isEqualTo(2);
                        assertThat(webhook.getFailurePolicy()).isEqualTo("Ignore");
                        assertThat(webhook.getReinvocationPolicy()).isEqualTo("IfNeeded");
                        assertThat(webhook.getSideEffects()).isEqualTo("None");
                    });
        }

        @Test
        void saysWhetherNodesEnforceSeLinux() {
            assertThat(release.template().succeeded()).contains("--selinux=false");
            assertThat(release.template("--set", "admission.seLinux=true").succeeded())
                    .contains("--selinux=true");
        }

        @Test
        void keepsTheAuthorityInTheSecretThatIsNamed() {
            assertThat(release.template("--set", "admission.certificates.existingSecret=mine")
                            .succeeded())
                    .contains("--ca-secret=mine\n", "resourceNames: [\"mine\"]")
                    .doesNotContain("aquifer-admission-ca");
        }

        @Test
        void tellsTheBinderWhatIsSaidOfPodsInOwnersNamespaces() {
            assertThat(release.template().succeeded()).doesNotContain("AQUIFER_OWNER_PODS");
            assertThat(release.template(
                                    "--set",
                                    "ownerPods.nodeSelector.zone=a,ownerPods.pullSecrets[0].name=registry",
                                    "--set",
                                    "image.pullPolicy=Always")
                            .succeeded())
                    .contains("--image-pull-policy=Always")
                    .contains("{\"nodeSelector\":{\"zone\":\"a\"},\"pullSecrets\":[{\"name\":\"registry\"}]}"
                            .replace("\"", "\\\""));
        }

        @Test
        void tellsTheBinderWhatOriginsMayTake() {
            assertThat(release.template().succeeded()).doesNotContain("AQUIFER_ORIGIN_RESOURCES");
            assertThat(release.template("--set", "cache.enabled=true").succeeded())
                    .contains("{\"limits\":{\"memory\":\"768Mi\"},\"requests\":{\"cpu\":\"100m\",\"memory\":\"128Mi\"}}"
                            .replace("\"", "\\\""));
            assertThat(release.template(
                                    "--set", "cache.enabled=true,ownerPods.resources.limits.memory=2Gi",
                                    "--set", "ownerPods.resources.requests=null")
                            .succeeded())
                    .contains("{\"limits\":{\"memory\":\"2Gi\"}}".replace("\"", "\\\""));
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
        void changesNothingWhenItIsInstalledAgain() {
            String[] all = {"cache.enabled=true", "monitoring.dashboards.enabled=true"};
            release.upgrade(all);
            Map<String, String> before = generations();

            release.upgrade(all);

            assertThat(generations()).isNotEmpty().isEqualTo(before);
            release.upgrade();
        }

        /**
         * The older chart is that of commit 52b5d2f: it has no network policies, no monitoring and no certificates of others, and
         * images without a registry of their own.
         */
        @Test
        void upgradesAnOlderChartWithTheValuesThatWereSetAndGoesBack() {
            release.uninstall();
            release.helm("install", "aquifer", OLDER.toString(), "--set", "cache.enabled=true,binder.log.level=debug")
                    .succeeded();
            String older = release.helm("get", "manifest", "aquifer").out();

            // the reason for the other option
            release.helm("upgrade", "aquifer", Release.CHART.toString(), "--reuse-values")
                    .failed();
            release.helm("upgrade", "aquifer", Release.CHART.toString(), "--reset-then-reuse-values")
                    .succeeded();

            assertThat(binder()).contains("\"--log-level=debug\"", "\"--node-image=aquifer-node:");
            assertThat(generations()).containsKeys("NetworkPolicy/aquifer-node", "DaemonSet/aquifer-node");

            release.helm("rollback", "aquifer").succeeded();

            assertThat(release.helm("get", "manifest", "aquifer").out()).isEqualTo(older);
            assertThat(binder()).contains("\"--log-level=debug\"");
            assertThat(generations())
                    .containsKey("DaemonSet/aquifer-node")
                    .doesNotContainKey("NetworkPolicy/aquifer-node");
            release.upgrade();
        }

        private static String binder() {
            return api.command()
                    .run("kubectl", "get", "deployment", "aquifer-binder", "-n", Release.NAMESPACE, "-o", "json")
                    .succeeded();
        }

        /** A Deployment or DaemonSet rolls only with a new generation. */
        private static Map<String, String> generations() {
            return api.command()
                    .run(
                            "kubectl",
                            "get",
                            "deployments,daemonsets,services,configmaps,networkpolicies",
                            "-n",
                            Release.NAMESPACE,
                            "-l",
                            "app.kubernetes.io/name=aquifer",
                            "-o",
                            "jsonpath={range .items[*]}{.kind}/{.metadata.name} {.metadata.generation}/{.metadata.resourceVersion}{'\\n'}{end}")
                    .succeeded()
                    .lines()
                    .map(line -> line.split(" ", 2))
                    .collect(Collectors.toMap(words -> words[0], words -> words[1]));
        }

        /** Which namespace would take a pod, a dry run shows. */
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "Deployment/" + Release.NAME,
                    "Deployment/aquifer-binder",
                    "Job/aquifer-test",
                    "Job/aquifer-uninstall"
                })
        void runsUnderTheRestrictedPodSecurityStandard(String program) {
            Pod created = create(program, "restricted");

            assertThat(created.getSpec()
                            .getContainers()
                            .getFirst()
                            .getSecurityContext()
                            .getReadOnlyRootFilesystem())
                    .isTrue();
        }

        @Test
        void runsNodeAgentsWherePodSecurityIsPrivileged() {
            assertThatThrownBy(() -> create("DaemonSet/aquifer-node", "baseline"))
                    .hasMessageContaining("violates PodSecurity \"baseline:latest\"")
                    .hasMessageContaining("privileged (container \"mount\"");

            assertThat(create("DaemonSet/aquifer-node", "privileged").getSpec().getContainers())
                    .hasSize(2);
        }

        private static Pod create(String program, String level) {
            Map<String, PodTemplateSpec> pods =
                    pods(release.objects(release.templateWithTests("--set", "cache.enabled=true")));
            assertThat(pods)
                    .containsOnlyKeys(
                            "Deployment/aquifer-admission",
                            "Deployment/aquifer-binder",
                            "DaemonSet/aquifer-node",
                            "Job/aquifer-test",
                            "Job/aquifer-uninstall");
            PodSpec spec = pods.getOrDefault(program, new PodTemplateSpec()).getSpec();
            spec.setServiceAccountName("default");
            String name = program.replaceFirst(".*/", "");
            String namespace = level + "-" + name;
            api.namespace(namespace, Map.of("pod-security.kubernetes.io/enforce", level));
            Pod pod = new PodBuilder()
                    .withNewMetadata()
                    .withName(name)
                    .withNamespace(namespace)
                    .endMetadata()
                    .withSpec(spec)
                    .build();
            return api.client().resource(pod).dryRun().create();
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
