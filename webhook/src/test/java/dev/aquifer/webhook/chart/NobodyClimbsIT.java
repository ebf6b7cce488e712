package dev.aquifer.webhook.chart;

import static dev.aquifer.webhook.chart.Release.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aquifer.webhook.binding.names.PairIdentity;
import dev.aquifer.webhook.binding.names.PairMode;
import dev.aquifer.webhook.testing.ControlPlane;
import dev.aquifer.webhook.testing.Person;
import io.fabric8.kubernetes.api.model.EphemeralContainerBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What a tenant tries who has the role {@code admin} in his namespace and wants more of a shared volume than his role: as
 * far as an API server alone can show it. The claims are made as the binder would make them.
 */
class NobodyClimbsIT {
    private static final String REFUSED = "leave the volume to admission";
    private static final String DEEP = "readOnly: true, recursiveReadOnly: IfPossible";

    @RegisterExtension
    @Order(1)
    static final Release release = new Release();

    @RegisterExtension
    @Order(2)
    static final RunningAdmission admission = new RunningAdmission(release.api());

    private static final ControlPlane api = release.api();

    private static KubernetesClient tenant;
    private static String readable;
    private static String writable;
    private static String foreign;

    @BeforeAll
    static void share() {
        for (String namespace : List.of("climber", "neighbour", "climate")) {
            api.namespace(namespace, Map.of("aquifer.dev/inject", "enabled"));
        }
        api.namespace("unlabelled-climber", Map.of());
        api.client().namespaces().withName("climber").edit(namespace -> {
            namespace.getMetadata().setAnnotations(Map.of("aquifer.dev/accept-from", "climate"));
            return namespace;
        });
        tenant = Person.admin(api, "climber");
        mayDebug("climber");
        HasMetadata volume = api.client().resource("""
                apiVersion: aquifer.dev/v1alpha1
                kind: SharedVolume
                metadata: {name: ref, namespace: climate}
                spec:
                  source: {persistentVolumeClaim: {claimName: data}}
                  mountPath: /ref
                  directories: {make: false}
                  roles:
                  - {name: reader, paths: [{path: /, access: ReadOnly}]}
                  - {name: worker, paths: [{path: /, access: ReadOnly}, {path: results, access: Hidden}]}
                  - {name: writer, paths: [{path: /, access: ReadWrite}]}
                  access:
                  - {namespaces: {names: [climber]}, roles: [reader, worker]}
                  - {namespaces: {names: [neighbour]}, roles: [reader, writer]}
                """).create();
        String uid = volume.getMetadata().getUid();
        readable = claim(uid, "climber", PairMode.READ_ONLY);
        writable = claim(uid, "climber", PairMode.READ_WRITE);
        foreign = claim(uid, "neighbour", PairMode.READ_ONLY);
        eventually(() -> assertThat(create(asking("reader")).getSpec().getVolumes())
                .anyMatch(entry -> entry.getPersistentVolumeClaim() != null
                        && entry.getPersistentVolumeClaim().getClaimName().equals(readable)));
    }

    @AfterAll
    static void unshare() {
        api.client().resource("""
                apiVersion: aquifer.dev/v1alpha1
                kind: SharedVolume
                metadata: {name: ref, namespace: climate}
                """).delete();
    }

    @Nested
    class ByHand {
        @Test
        void usesAClaimExactlyAsItIsGiven() {
            assertPasses("reader", entry(readable, true), mount("/ref", DEEP));
        }

        @Test
        void doesNotWriteThroughAReadOnlyClaim() {
            assertRefused("reader", entry(readable, false), mount("/ref", "readOnly: false"));
            assertRefused("reader", entry(readable, true), mount("/ref", "readOnly: false"));
            assertRefused("reader", entry(readable, true), mount("/ref", "readOnly: true"));
            assertRefused("reader", entry(readable, true), mount("/elsewhere", "readOnly: false"));
        }

        @Test
        void doesNotLookPastAHiddenPath() {
            String byAdmission = asked("worker", entry(readable, true), mount("/ref", DEEP));
            assertThat(create(byAdmission).getSpec().getContainers().getFirst().getVolumeMounts())
                    .anyMatch(cover -> cover.getMountPath().equals("/ref/results"));
            assertRefused("worker", entry(readable, true), mount("/root", DEEP));
            assertRefused("reader", entry(readable, true), mount("/r", "subPath: results, " + DEEP));
        }

        @Test
        void doesNotTakeAnotherRole() {
            assertRefused("reader", entry(writable, false), mount("/ref", "readOnly: false"));
            assertThatThrownBy(() -> create(asking("writer"))).hasMessageContaining("is not available");
            assertThatThrownBy(() ->
                            create(pod("climate/ref@writer", entry(writable, false), mount("/ref", "readOnly: false"))))
                    .hasMessageContaining("is not available");
        }

        @Test
        void doesNotTakeAnotherNamespacesClaim() {
            assertRefused("reader", entry(foreign, true), mount("/ref", DEEP));
        }

        @Test
        void doesNotCallItselfAPodOfAJobOfTheBinder() {
            String pod = pod("", entry(writable, false), mount("/ref", "readOnly: false"))
                    .replace(
                            "  namespace: climber\n",
                            "  namespace: climber\n  ownerReferences: [{apiVersion: batch/v1, kind: Job, name: aquifer-directories-1, uid: u, controller: true}]\n");
            assertThatThrownBy(() -> create(pod)).hasMessageContaining(REFUSED);
            try (var controller = Person.mighty(api, "system:serviceaccount:kube-system:job-controller")) {
                assertThatCode(() -> controller.resource(pod).dryRun().create()).doesNotThrowAnyException();
            }
        }

        @Test
        void doesNotForgeTheAnswer() {
            String pod = pod("", entry(writable, false), mount("/ref", "readOnly: false"))
                    .replace(
                            "annotations: {}",
                            "annotations: {aquifer.dev/injected: '{\"climate/ref\":{\"role\":\"writer\",\"binding\":\"%s\"}}'}"
                                    .formatted(writable));
            assertThatThrownBy(() -> create(pod)).hasMessageContaining(REFUSED);
        }

        @Test
        void doesNotOptOutAndTakeTheClaimAllTheSame() {
            String pod = pod("", entry(readable, true), mount("/ref", "readOnly: false"))
                    .replace("annotations: {}", "annotations: {aquifer.dev/inject: 'false'}");
            assertThatThrownBy(() -> create(pod)).hasMessageContaining(REFUSED);
        }

        @Test
        void doesNotNameTheClaimTwice() {
            assertRefused(
                    "reader",
                    entry(readable, true) + entry(readable, false).replace("name: v", "name: w"),
                    mount("/ref", DEEP) + mount("/w", "readOnly: false").replace("name: v", "name: w"));
        }

        @Test
        void doesNotLeaveTheDirectory() {
            assertThatThrownBy(
                            () -> create(asked("reader", entry(readable, true), mount("/up", "subPath: .., " + DEEP))))
                    .hasMessageContaining("must not contain '..'");
            assertRefused("reader", entry(readable, true), mount("/up", "subPathExpr: $(UP), " + DEEP));
        }

        @Test
        void doesNotTakeTheVolumeAsADevice() {
            String device = "    volumeDevices: [{name: v, devicePath: /dev/ref}]\n";
            assertThatThrownBy(() -> create(pod("", entry(readable, true), "").replace("    volumeMounts:\n", device)))
                    .hasMessageContaining(REFUSED);
        }

        @Test
        void doesNotHideInAnInitContainer() {
            String init = """
                      initContainers:
                      - name: first
                        image: busybox:1
                        volumeMounts: [{name: v, mountPath: /ref}]
                    """;
            assertThatThrownBy(() -> create(asked("reader", entry(readable, true), mount("/ref", DEEP)) + init))
                    .hasMessageContaining("container \"first\" mounts \"v\"");
            assertThatThrownBy(() -> create(pod("", entry(readable, true), mount("/ref", DEEP)) + init))
                    .hasMessageContaining(REFUSED);
        }

        @Test
        void doesNotHideInAContainerThatRunsBesideTheOthers() {
            String sidecar = """
                      initContainers:
                      - name: beside
                        image: busybox:1
                        restartPolicy: Always
                        volumeMounts: [{name: v, mountPath: /elsewhere, readOnly: true, recursiveReadOnly: IfPossible}]
                    """;
            assertThatThrownBy(() -> create(pod("", entry(readable, true), mount("/ref", DEEP)) + sidecar))
                    .hasMessageContaining(REFUSED);
        }

        @Test
        void doesNotShareWhatItMounts() {
            assertRefused(
                    "reader", entry(readable, true), mount("/p", "mountPropagation: HostToContainer, readOnly: true"));
        }

        @Test
        void doesNotGetAClaimThatIsMadeForThePod() {
            String volume = readable.substring("aquifer-ro-".length());
            String pod = """
                    apiVersion: v1
                    kind: Pod
                    metadata: {name: aquifer-ro, namespace: climber}
                    spec:
                      containers: [{name: main, image: busybox:1, volumeMounts: [{name: %1$s, mountPath: /x}]}]
                      volumes:
                      - name: %1$s
                        ephemeral: {volumeClaimTemplate: {spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}}
                    """.formatted(volume);
            assertThatThrownBy(() -> create(pod)).hasMessageContaining("a name kept for Aquifer's own");
            assertThatCode(() -> create(pod.replace("name: aquifer-ro,", "name: mine,")))
                    .doesNotThrowAnyException();
        }

        @Test
        void doesNotUseItWhereNobodyIsServed() {
            String pod = pod("", entry(foreign, true), mount("/ref", DEEP)).replace("climber", "unlabelled-climber");
            // by kubectl: the client would ask eight times more, since the namespace might be new
            assertThat(api.command()
                            .runWithInput(pod, "kubectl", "create", "--dry-run=server", "-f", "-")
                            .failed())
                    .contains("aquifer.dev/inject=enabled");
        }
    }

    /** The owner's deletion, his withdrawal and the administrator's, while no binder is there to take claims away. */
    @Nested
    class WithdrawnMeanwhile {
        private static final String DATA = "persistentVolumeClaim: {claimName: data}";
        private static final String EXPORT = "nfs: {server: nfs.example.org, path: /export}";

        @Test
        void doesNotReviveAClaimThatIsBeingDeleted() {
            String pod = usesTheClaimOf("revoked", DATA);
            volume("revoked").edit(volume -> {
                spec(volume).put("access", List.of());
                return volume;
            });
            assertIsWithdrawn("revoked", pod);
        }

        @Test
        void getsNothingOfAVolumeThatIsBeingDeleted() {
            String pod = usesTheClaimOf("deleted", DATA);
            volume("deleted").delete();
            assertThat(volume("deleted").get().getMetadata().getDeletionTimestamp())
                    .isNotNull();
            assertIsWithdrawn("deleted", pod);
        }

        @Test
        void getsNoStorageOfTheClusterOnceTheLabelIsTakenBack() {
            label("allowed");
            String pod = usesTheClaimOf("exported", EXPORT);
            label(null);
            assertIsWithdrawn("exported", pod);
            label("allowed");
            eventually(() -> assertThatCode(() -> create(pod)).doesNotThrowAnyException());
        }

        @AfterEach
        void removeVolumes() {
            for (String name : List.of("revoked", "deleted", "exported")) {
                volume(name).delete();
                if (volume(name).get() != null) {
                    volume(name).edit(volume -> {
                        volume.getMetadata().setFinalizers(List.of());
                        return volume;
                    });
                }
            }
            label(null);
        }

        /** A pod that names a claim that is being deleted, as it may while the volume is shared, on a node of its choice. */
        private static String usesTheClaimOf(String name, String source) {
            HasMetadata volume =
                    api.client().resource("""
                    apiVersion: aquifer.dev/v1alpha1
                    kind: SharedVolume
                    metadata: {name: %1$s, namespace: climate, finalizers: [example.org/held]}
                    spec:
                      source: {%2$s}
                      mountPath: /%1$s
                      directories: {make: false}
                      roles: [{name: reader, podSelector: {matchLabels: {takes: %1$s}}, paths: [{path: /, access: ReadOnly}]}]
                      access: [{namespaces: {names: [climber]}, roles: [reader]}]
                    """.formatted(name, source)).create();
            String claim = claim("climate", name, volume.getMetadata().getUid(), "climber", PairMode.READ_ONLY);
            var claims = api.client().persistentVolumeClaims().inNamespace("climber");
            claims.withName(claim).edit(made -> {
                made.getMetadata().setFinalizers(List.of("kubernetes.io/pvc-protection"));
                return made;
            });
            tenant.persistentVolumeClaims()
                    .inNamespace("climber")
                    .withName(claim)
                    .delete();
            assertThat(claims.withName(claim).get().getMetadata().getDeletionTimestamp())
                    .isNotNull();
            String pod = pod("", entry(claim, true), mount("/" + name, DEEP))
                            .replace("annotations: {}", "labels: {takes: %s}".formatted(name))
                    + "  nodeName: node1\n";
            eventually(() -> assertThatCode(() -> create(pod)).doesNotThrowAnyException());
            return pod;
        }

        private static void assertIsWithdrawn(String name, String pod) {
            eventually(() -> assertThatThrownBy(() -> create(pod)).hasMessageContaining(REFUSED));
            assertThatThrownBy(() -> create(asking("reader").replace("climate/ref", "climate/" + name)))
                    .hasMessageContaining("is not available");
        }

        private static Resource<GenericKubernetesResource> volume(String name) {
            return api.client()
                    .genericKubernetesResources("aquifer.dev/v1alpha1", "SharedVolume")
                    .inNamespace("climate")
                    .withName(name);
        }

        private static Map<String, Object> spec(GenericKubernetesResource volume) {
            return volume.get("spec");
        }

        private static void label(@Nullable String value) {
            api.client().namespaces().withName("climate").edit(namespace -> {
                if (value == null) {
                    namespace.getMetadata().getLabels().remove("aquifer.dev/cluster-sources");
                } else {
                    namespace.getMetadata().getLabels().put("aquifer.dev/cluster-sources", value);
                }
                return namespace;
            });
        }
    }

    @Nested
    class WithAnEphemeralContainer {
        @Test
        void readsTheWholeWhereTheRoleHidesNothing() {
            String pod = stored("reader");
            assertThatCode(() -> debug(pod, true, "IfPossible")).doesNotThrowAnyException();
        }

        @Test
        void doesNotWrite() {
            String pod = stored("reader");
            assertThatThrownBy(() -> debug(pod, false, "Disabled")).hasMessageContaining(REFUSED);
            assertThatThrownBy(() -> debug(pod, true, "Disabled")).hasMessageContaining(REFUSED);
        }

        @Test
        void doesNotLookPastAHiddenPath() {
            String pod = stored("worker");
            assertThatThrownBy(() -> debug(pod, true, "IfPossible")).hasMessageContaining(REFUSED);
        }

        private static String stored(String role) {
            return tenant.resource(asking(role)).create().getMetadata().getName();
        }

        private static void debug(String name, boolean readOnly, String recursive) {
            var pod = tenant.pods().inNamespace("climber").withName(name);
            String volume = pod.get().getSpec().getVolumes().stream()
                    .filter(entry -> entry.getPersistentVolumeClaim() != null)
                    .findFirst()
                    .orElseThrow()
                    .getName();
            pod.ephemeralContainers().edit(found -> {
                found.getSpec()
                        .getEphemeralContainers()
                        .add(new EphemeralContainerBuilder()
                                .withName("debugger-"
                                        + found.getSpec()
                                                .getEphemeralContainers()
                                                .size())
                                .withImage("busybox:1")
                                .withVolumeMounts(new VolumeMountBuilder()
                                        .withName(volume)
                                        .withMountPath("/ref")
                                        .withReadOnly(readOnly)
                                        .withRecursiveReadOnly(recursive)
                                        .build())
                                .build());
                return found;
            });
        }
    }

    private static void assertPasses(String role, String volumes, String mounts) {
        assertThatCode(() -> create(asked(role, volumes, mounts))).doesNotThrowAnyException();
    }

    /** By admission when it sees what is wrong, else by the guard. */
    private static void assertRefused(String role, String volumes, String mounts) {
        assertThatThrownBy(() -> create(asked(role, volumes, mounts)))
                .hasMessageContaining("admission webhook")
                .hasMessageContaining("aquifer.dev");
        // past admission, as a pod would be that its injection does not touch
        assertThatThrownBy(() -> create(pod("", volumes, mounts))).hasMessageContaining(REFUSED);
    }

    private static Pod create(String pod) {
        return (Pod) tenant.resource(pod).dryRun().create();
    }

    private static String asking(String role) {
        return """
                apiVersion: v1
                kind: Pod
                metadata: {generateName: asking-, namespace: climber, annotations: {aquifer.dev/volumes: climate/ref@%s}}
                spec:
                  containers: [{name: main, image: busybox:1}]
                """.formatted(role);
    }

    private static String asked(String role, String volumes, String mounts) {
        return pod("climate/ref@" + role, volumes, mounts);
    }

    private static String pod(String asks, String volumes, String mounts) {
        return """
                apiVersion: v1
                kind: Pod
                metadata:
                  generateName: hand-
                  namespace: climber
                  annotations: {%s}
                spec:
                  volumes:
                %s  containers:
                  - name: main
                    image: busybox:1
                    volumeMounts:
                %s""".formatted(asks.isEmpty() ? "" : "aquifer.dev/volumes: " + asks, volumes, mounts);
    }

    private static String entry(String claim, boolean readOnly) {
        return "  - {name: v, persistentVolumeClaim: {claimName: %s, readOnly: %s}}\n".formatted(claim, readOnly);
    }

    private static String mount(String path, String more) {
        return "    - {name: v, mountPath: %s, %s}\n".formatted(path, more);
    }

    private static KubernetesClient binder() {
        return Person.mighty(api, "system:serviceaccount:" + Release.NAMESPACE + ":aquifer-binder");
    }

    private static String claim(String uid, String namespace, PairMode mode) {
        return claim("climate", "ref", uid, namespace, mode);
    }

    private static String claim(String owner, String volume, String uid, String namespace, PairMode mode) {
        String name = new PairIdentity(owner, volume, uid, namespace, mode).name(0);
        binder().resource("""
                apiVersion: v1
                kind: PersistentVolumeClaim
                metadata: {name: %1$s, namespace: %2$s}
                spec:
                  accessModes: [%3$s]
                  storageClassName: ""
                  volumeName: %1$s
                  resources: {requests: {storage: 1Gi}}
                """.formatted(name, namespace, mode.accessMode())).create();
        return name;
    }

    /** More than the role admin has: some clusters give it. */
    private static void mayDebug(String namespace) {
        api.client()
                .resource(new RoleBuilder()
                        .withNewMetadata()
                        .withName("debugger")
                        .withNamespace(namespace)
                        .endMetadata()
                        .withRules(new PolicyRuleBuilder()
                                .withApiGroups("")
                                .withResources("pods/ephemeralcontainers")
                                .withVerbs("get", "update", "patch")
                                .build())
                        .build())
                .create();
        Person.bind(api, namespace, "admin-of-" + namespace, "Role", "debugger");
    }
}
