package dev.aquifer.e2e.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aquifer.e2e.Cluster;
import dev.aquifer.e2e.HostDirectory;
import dev.aquifer.e2e.LongRunning;
import dev.aquifer.e2e.NeedsRoot;
import dev.aquifer.e2e.ProjectFiles;
import dev.aquifer.e2e.pages.FollowedPages;
import dev.aquifer.e2e.pages.GuideShell;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Case 4, ramses: an administrator's volume, a chart in two parts, and programs with rights in one namespace only. */
@NeedsRoot
@LongRunning
class RamsesIT {
    private static final Path EXAMPLE = Path.of("../manifests/examples/ramses");
    private static final String CHART = "../manifests/chart";
    private static final String MEMBER = "member-of-ramses";

    /** What the centre's claims come from that name no volume, and the volume that its provisioner would make for one. */
    private static final String STANDARD = """
            apiVersion: storage.k8s.io/v1
            kind: StorageClass
            metadata: {name: standard, annotations: {storageclass.kubernetes.io/is-default-class: "true"}}
            provisioner: kubernetes.io/no-provisioner
            ---
            apiVersion: v1
            kind: PersistentVolume
            metadata: {name: scratch}
            spec:
              capacity: {storage: 10Gi}
              accessModes: [ReadWriteOnce]
              persistentVolumeReclaimPolicy: Retain
              storageClassName: standard
              hostPath: {path: /srv/scratch}
            """;

    private static final Cluster CLUSTER = Cluster.named("ramses");

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private static HostDirectory projects;

    @SuppressWarnings("NullAway.Init")
    private static HostDirectory scratch;

    @BeforeAll
    static void install() throws IOException {
        CLUSTER.up();
        projects = HostDirectory.make("aquifer-ccat-");
        Files.writeString(projects.path().resolve("raw"), "raw data\n");
        Files.createDirectory(projects.path().resolve("products"));
        scratch = HostDirectory.make("aquifer-ccat-scratch-");
        Files.setPosixFilePermissions(scratch.path(), PosixFilePermissions.fromString("rwxrwxrwx"));
        CLUSTER.kubectlOn(STANDARD.replace("/srv/scratch", scratch.path().toString()), "apply", "-f", "-");
        onNode("mkdir -p /etc/redis/certs && echo certificate > /etc/redis/certs/ca.crt");
        CLUSTER.kubectl("create", "namespace", "ramses");
        // the administrator: the volume, the cluster's parts, and a member who has the built-in role admin in the
        // namespace
        CLUSTER.kubectlOn(
                Files.readString(EXAMPLE.resolve("volume.yaml"))
                        .replace("/projects/ccat", projects.path().toString()),
                "apply",
                "-f",
                "-");
        CLUSTER.install("-f", EXAMPLE.resolve("cluster-values.yaml").toString());
        CLUSTER.kubectl("create", "rolebinding", "member", "-n", "ramses", "--clusterrole=admin", "--user=" + MEMBER);
        // the rest is the member's; the rights of the chart's own reach the role admin some moments later
        await().atMost(Duration.ofMinutes(2)).ignoreExceptions().until(() -> {
            CLUSTER.kubectl("auth", "can-i", "patch", "sharedvolumes/status", "-n", "ramses", "--as=" + MEMBER);
            return true;
        });
        CLUSTER.helm(
                "install",
                "aquifer",
                CHART,
                "-n",
                "ramses",
                "-f",
                EXAMPLE.resolve("namespaces-values.yaml").toString(),
                "--wait",
                "--kube-as-user=" + MEMBER,
                "--kube-as-group=system:authenticated");
        asMember("apply", "-f", EXAMPLE.resolve("shared-volume.yaml").toString());
    }

    @AfterAll
    static void remove() throws IOException {
        CLUSTER.close();
        projects.close();
        scratch.close();
    }

    @Test
    void aMembersPodHasTheProjectAsItsRoleSaysAndKeepsAllElse() throws IOException {
        work();
        assertThat(ofClaim("ccat", "{.spec.volumeName} {.spec.storageClassName} {.status.phase}"))
                .isEqualTo("ccat-projects  Bound");
        assertThat(exec("cat /projects/ccat/raw")).isEqualTo("raw data\n");
        assertThatThrownBy(() -> exec("echo x > /projects/ccat/raw")).hasMessageContaining("Read-only file system");
        exec("echo map > /projects/ccat/products/map");
        assertThat(projects.path().resolve("products/map")).hasContent("map\n");
    }

    @Test
    void whatAMembersPodHasOfItsOwnIsThereAndItsClaimIsNobodyElses() throws IOException {
        work();

        exec("echo step > /scratch/step");
        assertThat(scratch.path().resolve("step")).hasContent("step\n");
        assertThat(ofClaim(
                        "scratch",
                        "{.spec.volumeName} {.spec.storageClassName} {.spec.accessModes[0]}"
                                + " {.status.capacity.storage} {.metadata.finalizers} {.metadata.labels}"))
                .isEqualTo("scratch standard ReadWriteOnce 10Gi [\"kubernetes.io/pvc-protection\"] ");
        assertThat(ofClaim("scratch", "{.metadata.managedFields[*].manager} {.metadata.annotations}"))
                .doesNotContain("aquifer");
        assertThat(ofPod("{.spec.volumes[?(@.name=='scratch')].persistentVolumeClaim}"))
                .isEqualTo("{\"claimName\":\"scratch\"}");

        assertThat(exec("cat /etc/redis/certs/ca.crt; echo $BROKER; grep redis /etc/hosts"))
                .isEqualTo("certificate\nredis://redis:6379/0\n10.1.2.3\tredis\n");
        assertThatThrownBy(() -> exec("touch /etc/redis/certs/mine")).hasMessageContaining("Read-only file system");
    }

    /** By the member, whose rights end with the namespace. */
    @Test
    void theMembersReleasePassesItsOwnTest() {
        CLUSTER.helm(
                "test",
                "aquifer",
                "-n",
                "ramses",
                "--timeout=4m",
                "--kube-as-user=" + MEMBER,
                "--kube-as-group=system:authenticated");

        assertThat(CLUSTER.kubectl("get", "sharedvolumes,jobs,roles", "-n", "ramses", "-o", "name"))
                .as("it leaves nothing")
                .doesNotContain("aquifer-test");
    }

    @Test
    void aPodIsStoredAsItWouldBeWithoutButForTheVolume() throws IOException {
        String pod = Files.readString(EXAMPLE.resolve("workflow.yaml"))
                .split("---\n", -1)[2]
                .replace("name: workflow-manager", "name: compared");
        JsonNode without =
                stored(pod.replace("  labels:", "  annotations: {aquifer.dev/inject: \"false\"}\n  labels:"));
        assertThat(StoredPod.isInjected(without)).isFalse();

        await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> {
            JsonNode with = stored(pod);
            assertThat(StoredPod.isInjected(with)).isTrue();
            assertThat(StoredPod.withoutOurs(with)).isEqualTo(StoredPod.withoutOurs(without));
        });
        // it has what could be lost
        assertThat(without.at("/spec/hostAliases/0/hostnames/0").asText()).isEqualTo("redis");
        assertThat(without.at("/spec/containers/0/envFrom/0/secretRef/name").asText())
                .isEqualTo("workflow-environment");
        assertThat(without.at("/spec/volumes/0/hostPath/path").asText()).isEqualTo("/etc/redis/certs");
        assertThat(without.at("/spec/containers/0").properties())
                .noneMatch(field -> field.getKey().endsWith("Probe"));
    }

    @Test
    void everyCommandOfTheMembersPageDoesWhatThePageSays() throws IOException {
        work();
        GuideShell shell = new GuideShell(folder, CLUSTER);
        shell.become(MEMBER);

        shell.follow(ProjectFiles.DOCS.resolve(FollowedPages.NAMESPACES));
    }

    @Test
    void nothingOfItLiesOutsideTheNamespaceOrOnEveryNode() {
        assertThat(CLUSTER.kubectl("get", "daemonsets", "-A", "-o", "name")).doesNotContain("aquifer");
        assertThat(CLUSTER.kubectl("get", "deployments", "-A", "-o", "jsonpath={.items[*].metadata.namespace}"))
                .doesNotContain("aquifer-system");
        assertThatThrownBy(() -> CLUSTER.kubectl(
                        "auth",
                        "can-i",
                        "list",
                        "persistentvolumes",
                        "--as=system:serviceaccount:ramses:aquifer-binder"))
                .hasMessageContaining("no");
    }

    /** Starts the example's pod, again and again until admission knows the volume. */
    private static void work() {
        CLUSTER.kubectl("wait", "-n", "ramses", "--for=condition=Ready", "sharedvolume/ccat", "--timeout=120s");
        await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> {
            asMember("delete", "pod", "workflow-manager", "-n", "ramses", "--ignore-not-found", "--now");
            asMember("apply", "-f", EXAMPLE.resolve("workflow.yaml").toString());
            assertThat(ofPod("{.metadata.annotations}")).contains("ramses/ccat");
        });
        CLUSTER.kubectl("wait", "-n", "ramses", "--for=condition=Ready", "pod/workflow-manager", "--timeout=120s");
    }

    private static void onNode(String script) {
        CLUSTER.command("node-exec", "1", "sh", "-c", script).run();
    }

    private static JsonNode stored(String pod) {
        return Serialization.unmarshal(
                CLUSTER.kubectlOn(pod, "create", "--dry-run=server", "--output=json", "--as=" + MEMBER, "--filename=-"),
                JsonNode.class);
    }

    private static void asMember(String... arguments) {
        String[] line = Arrays.copyOf(arguments, arguments.length + 1);
        line[arguments.length] = "--as=" + MEMBER;
        CLUSTER.kubectl(line);
    }

    private static String ofClaim(String name, String path) {
        return CLUSTER.kubectl("get", "pvc", "-n", "ramses", name, "--show-managed-fields", "-o", "jsonpath=" + path);
    }

    private static String ofPod(String path) {
        return CLUSTER.kubectl("get", "pod", "-n", "ramses", "workflow-manager", "-o", "jsonpath=" + path);
    }

    private static String exec(String command) {
        return CLUSTER.kubectl("exec", "-n", "ramses", "workflow-manager", "--", "/bin/sh", "-c", command);
    }
}
