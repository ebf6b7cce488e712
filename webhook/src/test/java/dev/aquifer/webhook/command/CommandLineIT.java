package dev.aquifer.webhook.command;

import static dev.aquifer.webhook.chart.Release.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.aquifer.webhook.chart.Release;
import dev.aquifer.webhook.chart.RunningAdmission;
import dev.aquifer.webhook.testing.ControlPlane;
import dev.aquifer.webhook.testing.Person;
import dev.aquifer.webhook.testing.VolumeStatus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the command line says of a cluster is what happens there. */
class CommandLineIT {
    private static final String OWNER = "told-owner";
    private static final String TENANT = "told-tenant";
    private static final String INJECTED = "aquifer.dev/injected";
    private static final String BINDER = "system:serviceaccount:aquifer-system:aquifer-binder";
    private static final String VOLUME = """
            apiVersion: aquifer.dev/v1alpha1
            kind: SharedVolume
            metadata: {name: ref, namespace: told-owner}
            spec:
              source: {persistentVolumeClaim: {claimName: data}}
              mountPath: /ref
              directories: {make: false}
              roles:
              - name: worker
                podSelector: {matchLabels: {component: worker}}
                paths: [{path: /, access: ReadOnly}, {path: scratch, access: Scratch}, {path: results, access: %s}]
              - {name: writer, paths: [{path: /, access: ReadOnly}, {path: results, access: ReadWrite}]}
              - {name: kept, paths: [{path: /, access: ReadOnly}]}
              access:
              - {namespaces: {names: [told-tenant]}, roles: [worker, writer]}
            """;

    @RegisterExtension
    @Order(1)
    static final Release release = new Release();

    @RegisterExtension
    @Order(2)
    static final RunningAdmission admission = new RunningAdmission(release.api());

    private static final ControlPlane api = release.api();

    @TempDir
    private Path folder;

    @BeforeAll
    static void share() {
        api.namespace(OWNER, Map.of());
        api.namespace(TENANT, Map.of("aquifer.dev/inject", "enabled"));
        api.client().namespaces().withName(TENANT).edit(tenant -> {
            tenant.getMetadata().setAnnotations(Map.of("aquifer.dev/accept-from", OWNER));
            return tenant;
        });
        api.client().resource(VOLUME.formatted("Hidden")).create();
        eventually(() -> assertThat(dryRun(pod("", "labels: {component: worker}", ""))
                        .getMetadata()
                        .getAnnotations())
                .containsKey(INJECTED));
    }

    @AfterAll
    static void unshare() {
        api.client().resource(VOLUME.formatted("Hidden")).delete();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "labels: {component: worker}",
                "annotations: {aquifer.dev/volumes: ref@worker}",
                "annotations: {aquifer.dev/volumes: 'told-owner/ref@writer', aquifer.dev/containers: main}",
                "annotations: {aquifer.dev/volumes: ref@kept}",
                "annotations: {aquifer.dev/volumes: unheard-of}",
                "annotations: {aquifer.dev/volumes: 'ref@worker, '}",
                "annotations: {aquifer.dev/volumes: ref}",
                "annotations: {aquifer.dev/volumes: ref@worker, aquifer.dev/containers: nobody}",
                "annotations: {aquifer.dev/inject: 'false'}",
                "annotations: {aquifer.dev/injected: '{}'}",
                "labels: {component: api}"
            })
    void injectsAsTheApiServerStores(String metadata) throws IOException {
        agrees(pod("", metadata, ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "volumes: [{name: mine, emptyDir: {}}]",
                "volumes: [{name: mine, persistentVolumeClaim: {claimName: data}}]",
                "volumes: [{name: mine, persistentVolumeClaim: {claimName: aquifer-rw-told-owner-ref-aaaaaaaaaaaaaaaa}}]"
            })
    void refusesWhatTheApiServerRefuses(String volumes) throws IOException {
        agrees(pod("volumeMounts: [{name: mine, mountPath: /mine}]", "labels: {component: worker}", volumes));
        agrees(pod("volumeMounts: [{name: mine, mountPath: /ref/mine}]", "labels: {component: worker}", volumes));
        agrees(pod(
                "volumeMounts: [{name: mine, mountPath: /ref}]",
                "annotations: {aquifer.dev/volumes: ref@worker}",
                volumes));
    }

    @Test
    void doctorHasAPodAskForAVolumeAndLooksAtNoOther() {
        assertThat(run("doctor", "-o", "wide", "-n", TENANT, "--probe", OWNER + "/ref@worker")
                        .out())
                .contains("OK      injection: volume told-owner/ref@worker in namespace told-tenant")
                .contains("a pod that asks for it has it at /ref")
                .doesNotContain("volumes: ");
        assertThat(run("doctor", "-n", TENANT, "--probe", OWNER + "/ref@kept").out())
                .contains("ERROR   injection", "expected a pod that asks for it to be admitted, found: ");
    }

    @Test
    void doctorsPodKeepsToTheRestrictedPodSecurityStandard() {
        label("pod-security.kubernetes.io/enforce=restricted");
        try {
            eventually(() -> assertThatThrownBy(() -> dryRun(pod("", "labels: {component: api}", "")))
                    .hasMessageContaining("violates PodSecurity"));

            assertThat(run("doctor", "-n", TENANT, "-o", "wide", "--probe", OWNER + "/ref@worker")
                            .out())
                    .contains("OK      injection: volume told-owner/ref@worker in namespace told-tenant");
        } finally {
            label("pod-security.kubernetes.io/enforce-");
            eventually(() -> dryRun(pod("", "labels: {component: api}", "")));
        }
    }

    private static void label(String label) {
        api.command().run("kubectl", "label", "namespace", TENANT, label).succeeded();
    }

    @Test
    void saysWhatChangedForAPodThatRuns() throws IOException {
        api.client()
                .resource(pod("", "labels: {component: worker}", "").replace("name: told", "name: told-running"))
                .create();
        assertThat(run("explain", "pod/told-running", "-n", TENANT))
                .satisfies(same -> assertThat(same.exitCode()).isZero())
                .satisfies(same -> assertThat(same.out()).contains("The pod has exactly that now."));

        HasMetadata changed =
                api.client().resource(VOLUME.formatted("ReadOnly")).item();
        api.client().resource(changed).patch();
        try {
            Run explained = run("explain", "pod/told-running", "-n", TENANT);
            assertThat(explained.exitCode()).isEqualTo(3);
            assertThat(explained.out()).containsPattern("/ref/results +Hidden +nothing");
            JsonNode status = json(run("status", "-n", TENANT, "-o", "json"));
            assertThat(status.at("/oldPods/0/pod").asText()).isEqualTo("told-running");
            long given = status.at("/oldPods/0/revision").asLong();
            assertThat(run("status", "-n", TENANT).out())
                    .contains("Pods that would get something else today (aquifer explain pod/NAME says what):")
                    .containsPattern(
                            "told-tenant +told-running +told-owner/ref +worker +%d +%d\n".formatted(given, given + 1));
        } finally {
            api.client().resource(VOLUME.formatted("Hidden")).patch();
        }
        assertThat(json(run("status", "-n", TENANT, "-o", "json")).path("oldPods"))
                .as("what the volume is again is what the pod was given, at a later revision")
                .isEmpty();
    }

    @Test
    void asksInTheNameThatTheKubeconfigSays() throws IOException {
        assertThat(run(as("told-nobody"), "status").err()).contains("found a refusal", "told-nobody");
    }

    /** A kubeconfig that asks in this name. */
    private Path as(String user) throws IOException {
        return Files.writeString(
                folder.resolve("kubeconfig"),
                Files.readString(api.kubeconfig()).replaceFirst("(?m)^( *)user:\\s*$", "$0\n$1  as: " + user));
    }

    @Test
    void waitsUntilAVolumeCanBeUsed() {
        Run early = run("wait", OWNER + "/ref", "--timeout", "0s", "--bound-in", TENANT);
        assertThat(early.exitCode()).isEqualTo(3);
        assertThat(early.err()).contains("no binder has looked at told-owner/ref yet");
        assertThat(early.out()).isEqualTo("not in time: no binder has looked at told-owner/ref yet\n");
        assertThat(run("wait", "nothing", "-n", OWNER).err())
                .contains("expected SharedVolume told-owner/nothing, found none");

        VolumeStatus.ready(api, "told-owner", "ref", "");

        assertThat(run("wait", "ref", "-n", OWNER)).isEqualTo(new Run(0, "told-owner/ref is ready\n", ""));
        assertThat(run("wait", OWNER + "/ref", "--timeout", "2s", "--bound-in", TENANT)
                        .out())
                .contains("not in time: told-owner/ref has no claim in namespace told-tenant yet");
    }

    /** The owner's volume once more, by another name at a path of that name, and cached. */
    private static HasMetadata makeCached(String name) {
        return api.client()
                .resource(VOLUME.formatted("Hidden")
                        .replace("name: ref", "name: " + name)
                        .replace("mountPath: /ref", "mountPath: /%s\n  readPath: Cached".formatted(name)))
                .create();
    }

    @Test
    void hasNodesPrefetchAVolume() throws IOException {
        assertThat(run("prefetch", OWNER + "/ref").err()).contains("to have readPath: Cached, found Direct");
        HasMetadata cached = makeCached("far");
        try {
            Run told = run("prefetch", OWNER + "/far", "--no-wait");
            assertThat(told).isEqualTo(new Run(0, "", "cache.prefetch of SharedVolume told-owner/far is set now\n"));
            assertThat(run("prefetch", OWNER + "/far", "--no-wait").err()).contains("was set already");
            VolumeStatus.ready(api, OWNER, "far", "");
            JsonNode waiting = json(run("prefetch", OWNER + "/far", "--timeout", "0s", "-o", "json"));
            assertThat(waiting.path("reached").asBoolean()).isFalse();
            assertThat(waiting).isEqualTo(yaml(run("prefetch", OWNER + "/far", "--timeout", "0s", "-o", "yaml")));
            assertThat(waiting.path("message").asText()).startsWith("told-owner/far: complete on 0 of 0 nodes");
        } finally {
            api.client().resource(cached).delete();
        }
    }

    @Test
    void waitsForNodesInTheNameOfAnOwnerWhoMayNotLookAtThem() throws IOException {
        Person.makeAdmin(api, OWNER, "told-owner-of-far");
        HasMetadata cached = makeCached("afar");
        try {
            VolumeStatus.ready(api, OWNER, "afar", "\"nodes\": {\"complete\": 1, \"filling\": 3, \"failed\": 0},");
            for (String command : List.of("wait", "prefetch")) {
                List<String> line = new ArrayList<>(List.of(command, OWNER + "/afar", "--timeout", "0s"));
                line.addAll(command.equals("wait") ? List.of("--filled") : List.of());
                Run own = run(as("told-owner-of-far"), line.toArray(String[]::new));
                assertThat(own.exitCode()).as(own.err()).isEqualTo(3);
                assertThat(own.out())
                        .isEqualTo("not in time: told-owner/afar: complete on 1 of 4 nodes, filling on 3\n");
                assertThat(own.err()).contains("[##........]  25 %  told-owner/afar");
            }
        } finally {
            api.client().resource(cached).delete();
        }
    }

    @Test
    void saysHowAllStandsInEachFormat() throws IOException {
        HasMetadata cached = makeCached("wide");
        String claim = "aquifer-ro-told-owner-wide-aaaaaaaaaaaaaaaa";
        try {
            VolumeStatus.ready(
                    api,
                    OWNER,
                    "wide",
                    "\"boundNamespaces\": 1, \"nodes\": {\"complete\": 2, \"filling\": 1, \"failed\": 1},");
            bind(claim);

            Run table = run("status", "--namespace", TENANT, "-o", "wide");
            assertThat(table.out())
                    .contains("Bindings:")
                    .containsPattern("told-owner/wide +told-tenant +ro +Bound +" + claim);
            assertThat(run("status", "--namespace", TENANT).out())
                    .contains("1 of 1 bindings can be used.")
                    .doesNotContain(claim);
            assertThat(run("status", "--namespace", OWNER).out())
                    .containsPattern("told-owner/wide +/wide +Cached +worker, writer, kept +1 +True\n")
                    .containsPattern("told-owner/wide +\\[#####\\.{5}] +50 % +2 of 4 +1 +1\n");
            JsonNode report = json(run("status", "-o", "json"));
            assertThat(report).isEqualTo(yaml(run("status", "-o", "yaml")));
            assertThat(report.at("/bindings/0/claim").asText()).isEqualTo(claim);
        } finally {
            api.client().resource(cached).delete();
            api.client()
                    .persistentVolumeClaims()
                    .inNamespace(TENANT)
                    .withName(claim)
                    .edit(held -> {
                        held.getMetadata().setFinalizers(List.of());
                        return held;
                    });
            api.client()
                    .persistentVolumeClaims()
                    .inNamespace(TENANT)
                    .withName(claim)
                    .delete();
        }
    }

    /** As the binder and Kubernetes' own controllers do. */
    private static void bind(String claim) {
        api.command()
                .runWithInput("""
                        apiVersion: v1
                        kind: PersistentVolumeClaim
                        metadata:
                          name: %s
                          namespace: told-tenant
                          labels: {aquifer.dev/managed-by: binder, aquifer.dev/mode: ro}
                          annotations: {aquifer.dev/source: told-owner/wide}
                        spec: {accessModes: [ReadOnlyMany], resources: {requests: {storage: 1Gi}}, storageClassName: ""}
                        """.formatted(claim), "kubectl", "create", "--as=" + BINDER, "-f", "-")
                .succeeded();
        api.command()
                .run(
                        "kubectl",
                        "patch",
                        "pvc",
                        claim,
                        "-n",
                        TENANT,
                        "--subresource=status",
                        "--type=merge",
                        "-p",
                        "{\"status\": {\"phase\": \"Bound\"}}")
                .succeeded();
    }

    @Test
    void letsSharedVolumesBeDeletedAfterTheBinder() {
        HasMetadata held = api.client()
                .resource(VOLUME.formatted("Hidden")
                        .replace("name: ref,", "name: held, finalizers: [aquifer.dev/pairs],"))
                .create();
        api.client().resource(held).delete();
        assertThat(api.client().resource(held).get()).isNotNull();

        assertThat(run("release")).isEqualTo(new Run(0, "Released 1 SharedVolumes.\n", ""));

        assertThat(api.client().resource(held).get()).isNull();
        assertThat(run("release").out()).isEqualTo("Released 0 SharedVolumes.\n");
    }

    @Test
    void findsThatTheApiServerReachesAdmission() throws IOException {
        JsonNode findings = json(run("doctor", "-n", TENANT, "-o", "json"));

        assertThat(severity(findings, "reachability")).containsExactly("ok");
        assertThat(severity(findings, "certificates")).containsExactly("ok");
        // this admission writes to another ConfigMap than that of the chart
        assertThat(severity(findings, "authority")).containsExactly("error");
        assertThat(severity(findings, "policies")).containsExactly("ok");
        assertThat(severity(findings, "rights")).containsExactly("ok");
        assertThat(severity(findings, "program-rights")).containsExactly("ok");
        assertThat(severity(findings, "handles")).containsExactly("ok");
        // no pod of the chart runs here
        assertThat(severity(findings, "installation")).containsExactly("error", "ok");
    }

    @Test
    void findsARightThatTheBinderHasLost() throws IOException {
        ClusterRole role =
                api.client().rbac().clusterRoles().withName("aquifer-binder").get();
        api.client().rbac().clusterRoles().withName("aquifer-binder").edit(lesser -> {
            lesser.getRules().removeIf(rule -> rule.getResources().contains("pods/eviction"));
            return lesser;
        });
        try {
            eventually(() -> assertThat(run("doctor", "-n", TENANT).out())
                    .contains("ERROR   program-rights: service account aquifer-system/aquifer-binder")
                    .contains("found that it may not create pods/eviction\n"));
        } finally {
            role.getMetadata().setResourceVersion(null);
            api.client().resource(role).update();
        }
        eventually(() -> assertThat(severity(json(run("doctor", "-n", TENANT, "-o", "json")), "program-rights"))
                .containsExactly("ok"));
    }

    @Test
    void saysWhichNamespaceIsNotThere() throws IOException {
        Path file =
                Files.writeString(folder.resolve("pod.yaml"), pod("", "", "").replace("namespace: told-tenant", ""));

        Run run = run("explain", "-f", file.toString(), "-n", "told-nowhere");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("expected namespace told-nowhere, found none of this name");
    }

    /** Somebody with the role admin in the tenant's namespace and in one without the label, and no right elsewhere. */
    @Nested
    class OfSomebodyWithOneNamespace {
        private static final String UNLABELLED = "told-unlabelled";
        private static final String ACCOUNT = "person";

        @BeforeAll
        static void letIn() {
            api.namespace(UNLABELLED, Map.of());
            api.client()
                    .resource(new ServiceAccountBuilder()
                            .withNewMetadata()
                            .withName(ACCOUNT)
                            .withNamespace(TENANT)
                            .endMetadata()
                            .build())
                    .create();
            String user = "system:serviceaccount:%s:%s".formatted(TENANT, ACCOUNT);
            Person.makeAdmin(api, TENANT, user);
            Person.makeAdmin(api, UNLABELLED, user);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "labels: {component: worker}",
                    "annotations: {aquifer.dev/volumes: 'told-owner/ref@writer', aquifer.dev/containers: main}",
                    "annotations: {aquifer.dev/volumes: ref@kept}",
                    "annotations: {aquifer.dev/volumes: 'ref@worker, '}",
                    "annotations: {aquifer.dev/inject: 'false'}",
                    "labels: {component: api}"
                })
        void explainsAsForTheAdministrator(String metadata) throws IOException {
            String file = Files.writeString(folder.resolve("pod.yaml"), pod("", metadata, ""))
                    .toString();
            Run all = run("explain", "-f", file, "-o", "json");

            Run own = person("explain", "-f", file, "-o", "json");

            assertThat(own.exitCode()).as(own.err()).isEqualTo(all.exitCode());
            assertThat(json(own).path("verdict")).isEqualTo(json(all).path("verdict"));
            assertThat(json(own).path("reason")).isEqualTo(json(all).path("reason"));
            assertThat(json(own).path("message")).isEqualTo(json(all).path("message"));
            assertThat(seen(own)).isEqualTo(seen(all));
            assertThat(own.out()).contains("a dry run of the pod has said this");
        }

        @Test
        void saysWhatAPodThatRunsWouldGetToday() {
            api.client()
                    .resource(pod("", "labels: {component: worker}", "").replace("name: told", "name: told-own"))
                    .create();

            assertThat(person("explain", "pod/told-own")).satisfies(same -> {
                assertThat(same.err()).isEmpty();
                assertThat(same.out()).contains("The pod has exactly that now.");
                assertThat(same.exitCode()).isZero();
            });
        }

        @Test
        void saysThatANamespaceLacksTheLabel() throws IOException {
            String asks = pod("", "annotations: {aquifer.dev/volumes: told-owner/ref@worker}", "")
                    .replace("namespace: told-tenant", "namespace: " + UNLABELLED);

            Run run = person(
                    "explain",
                    "-f",
                    Files.writeString(folder.resolve("pod.yaml"), asks).toString());

            assertThat(run.exitCode()).isEqualTo(3);
            assertThat(run.out())
                    .contains("starts without volumes that it was to have (unknown-namespace)")
                    .contains("kubectl label namespace told-unlabelled aquifer.dev/inject=enabled");
        }

        @Test
        void listsWhatIsInTheNamespace() throws IOException {
            Run here = person("status", "-o", "json");
            assertThat(here.exitCode()).as(here.err()).isZero();
            assertThat(json(here).path("volumes")).isEmpty();
            assertThat(here.out())
                    .contains(
                            "you may not list SharedVolumes, PersistentVolumeClaims of all namespaces: those of namespace told-tenant alone are shown");

            assertThat(person("status", "-n", TENANT).out()).contains("No shared volumes found.");
        }

        @Test
        void findsThatTheApiServerReachesAdmission() throws IOException {
            JsonNode findings = json(person("doctor", "-o", "json"));

            assertThat(severity(findings, "reachability")).containsExactly("ok");
            assertThat(severity(findings, "installation")).isEmpty();
            assertThat(findings.toString())
                    .contains("you may in namespace told-tenant, and not in all namespaces")
                    .containsOnlyOnce("were skipped for want of rights");
            assertThat(warnings(findings, "rights")).hasSize(1);
        }

        @Test
        void findsThatNoLabelledNamespaceIsKnown() throws IOException {
            JsonNode findings = json(personIn(UNLABELLED, "doctor", "-o", "json"));

            assertThat(findings.toString())
                    .contains("namespace told-unlabelled has not the label aquifer.dev/inject=enabled, and you may not"
                            + " list others");
        }

        private List<String> warnings(JsonNode findings, String check) {
            List<String> warnings = new ArrayList<>();
            findings.forEach(finding -> {
                if (finding.path("check").asText().equals(check)
                        && finding.path("severity").asText().equals("warning")) {
                    warnings.add(finding.toString());
                }
            });
            return warnings;
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "labels: {component: worker}",
                    "annotations: {aquifer.dev/volumes: 'told-owner/ref@writer', aquifer.dev/containers: main}",
                    "annotations: {aquifer.dev/volumes: ref@kept}",
                    "annotations: {aquifer.dev/inject: 'false'}",
                    "annotations: {aquifer.dev/injected: '{}'}",
                    "labels: {component: api}"
                })
        void injectsAsForTheAdministrator(String metadata) throws IOException {
            injectsAlike(pod(
                    "volumeMounts: [{name: mine, mountPath: /mine}]",
                    metadata,
                    "volumes: [{name: mine, emptyDir: {}}]"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"""
                    apiVersion: apps/v1
                    kind: StatefulSet
                    metadata: {name: told, namespace: told-tenant}
                    spec:
                      volumeClaimTemplates: [{metadata: {name: own}}]
                      template:
                        metadata: {labels: {component: worker}}
                        spec:
                          containers:
                          - {name: main, image: "busybox:1", volumeMounts: [{name: own, mountPath: /own}]}
                    """, """
                    apiVersion: batch/v1
                    kind: CronJob
                    metadata: {name: told, namespace: told-tenant}
                    spec:
                      schedule: "0 4 * * *"
                      jobTemplate:
                        spec:
                          template:
                            metadata: {annotations: {aquifer.dev/volumes: ref@worker}}
                            spec:
                              restartPolicy: Never
                              containers: [{name: main, image: "busybox:1"}]
                    """})
        void injectsTemplatesAsForTheAdministrator(String object) throws IOException {
            assertThat(injectsAlike(object).out()).contains("\"aquifer.dev/injected\"");
        }

        private Run injectsAlike(String object) throws IOException {
            String file =
                    Files.writeString(folder.resolve("object.yaml"), object).toString();
            Run all = run("inject", "-f", file, "-o", "json");

            Run own = person("inject", "-f", file, "-o", "json");

            assertThat(own.exitCode()).as(own.err()).isEqualTo(all.exitCode());
            assertThat(json(own)).isEqualTo(json(all));
            assertThat(refusals(own)).isEqualTo(refusals(all));
            assertThat(own.err()).contains("a dry run of the pod has said this");
            return own;
        }

        private List<String> refusals(Run run) {
            return run.err()
                    .lines()
                    .filter(line -> line.startsWith("aquifer: "))
                    .toList();
        }

        @Test
        void takesTheRightToCreatePodsAndNoOther() throws IOException {
            Person.with(
                            api,
                            TENANT,
                            "told-creator",
                            new PolicyRuleBuilder()
                                    .withApiGroups("")
                                    .withResources("pods")
                                    .withVerbs("create")
                                    .build())
                    .close();
            String file = Files.writeString(folder.resolve("pod.yaml"), pod("", "labels: {component: worker}", ""))
                    .toString();

            for (String command : List.of("explain", "inject")) {
                Run creator = run(as("told-creator"), command, "-f", file);
                assertThat(creator.exitCode()).as(creator.err()).isZero();
                assertThat(creator.out()).contains("/ref/scratch");

                Run nobody = run(as("told-nobody"), command, "-f", file);
                assertThat(nobody.exitCode()).isEqualTo(1);
                assertThat(nobody.err()).contains("or to create pods in namespace told-tenant", "found neither");
            }
        }

        /** Each container's paths with what is there. */
        private List<String> seen(Run run) throws IOException {
            List<String> seen = new ArrayList<>();
            json(run)
                    .path("containers")
                    .forEach(container -> container
                            .path("paths")
                            .forEach(place -> seen.add(Stream.of("path", "access", "volume", "role", "claim")
                                    .map(part -> place.path(part).asText())
                                    .collect(Collectors.joining(
                                            " ", container.path("name").asText() + " ", "")))));
            return seen;
        }

        private Run person(String... arguments) {
            return personIn(TENANT, arguments);
        }

        private Run personIn(String namespace, String... arguments) {
            Config administrator = api.client().getConfiguration();
            try {
                Path kubeconfig = Files.writeString(folder.resolve("kubeconfig"), """
                        {"apiVersion": "v1", "kind": "Config", "current-context": "own",
                         "contexts": [{"name": "own", "context": {"cluster": "c", "user": "u", "namespace": "%s"}}],
                         "users": [{"name": "u", "user": {"token": "%s"}}],
                         "clusters": [{"name": "c", "cluster": {"server": "%s", "certificate-authority-data": "%s"}}]}
                        """.formatted(
                                namespace,
                                Release.token(api, TENANT, ACCOUNT),
                                administrator.getMasterUrl(),
                                administrator.getCaCertData()));
                return run(kubeconfig, arguments);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The command and a dry run come to the same end. */
    private void agrees(String pod) throws IOException {
        Path file = Files.writeString(folder.resolve("pod.yaml"), pod);
        Run printed = run("inject", "-f", file.toString(), "-n", TENANT, "-o", "json");
        try {
            Pod stored = dryRun(pod);
            assertThat(printed.err()).doesNotContain("refused");
            assertThat(printed.exitCode()).isZero();
            assertThat(given(api.client().getKubernetesSerialization().unmarshal(printed.out(), Pod.class)))
                    .isEqualTo(given(stored));
        } catch (KubernetesClientException e) {
            assertThat(printed.exitCode()).isEqualTo(3);
            String sentence = printed.err().substring(printed.err().lastIndexOf("would be refused: ") + 18);
            assertThat(e.getMessage()).contains(sentence.strip());
        }
    }

    /** What of a pod is of shared volumes. */
    private static Map<String, Object> given(Pod pod) {
        Map<String, Object> given = new TreeMap<>();
        Map<String, String> annotations = pod.getMetadata().getAnnotations();
        if (annotations != null && annotations.containsKey(INJECTED)) {
            given.put("answer", annotations.get(INJECTED));
        }
        List<String> ours = Stream.ofNullable(pod.getSpec().getVolumes())
                .flatMap(List::stream)
                .map(Volume::getName)
                .filter(name -> name.startsWith("aquifer-"))
                .toList();
        given.put("volumes", ours);
        pod.getSpec()
                .getContainers()
                .forEach(container -> given.put(
                        container.getName(),
                        container.getVolumeMounts().stream()
                                .filter(mount -> ours.contains(mount.getName()))
                                .toList()));
        return given;
    }

    private static Pod dryRun(String pod) {
        return (Pod) api.client().resource(pod).inNamespace(TENANT).dryRun(true).create();
    }

    private static String pod(String mounts, String metadata, String volumes) {
        return """
                apiVersion: v1
                kind: Pod
                metadata:
                  name: told
                  namespace: told-tenant
                  %s
                spec:
                  containers:
                  - name: main
                    image: busybox:1
                    %s
                  - name: other
                    image: busybox:1
                  %s
                """.formatted(metadata, mounts, volumes);
    }

    private static Set<String> severity(JsonNode findings, String check) {
        Set<String> severities = new TreeSet<>();
        findings.forEach(finding -> {
            if (finding.path("check").asText().equals(check)) {
                severities.add(finding.path("severity").asText());
            }
        });
        return severities;
    }

    private static JsonNode yaml(Run run) throws IOException {
        return YAMLMapper.builder().build().readTree(run.out());
    }

    private static JsonNode json(Run run) throws IOException {
        return JsonMapper.builder().build().readTree(run.out());
    }

    private static Run run(String... arguments) {
        return run(api.kubeconfig(), arguments);
    }

    private static Run run(Path kubeconfig, String... arguments) {
        return Run.of(Stream.concat(Stream.of(arguments), Stream.of("--kubeconfig", kubeconfig.toString()))
                .toArray(String[]::new));
    }
}
