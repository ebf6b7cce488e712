package dev.aquifer.e2e.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.aquifer.e2e.Cluster;
import dev.aquifer.e2e.Installation;
import dev.aquifer.e2e.LongRunning;
import dev.aquifer.e2e.NeedsRoot;
import dev.aquifer.e2e.OnInstallation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Case 3, EDEN, on a node: a fresh ext4 is shared from a directory below its root, by pods none of which is root. */
@NeedsRoot
@LongRunning
@ExtendWith(OnInstallation.class)
class EdenIT {
    private static final Path EXAMPLE = Path.of("../manifests/examples/eden");
    private static final String NAMESPACE = "eden";
    private static final String DISK = "/srv/eden-disk";
    private static final int GROUP = 2000;

    private static String fresh = "";

    private final Cluster cluster;

    EdenIT(Installation aquifer) {
        this.cluster = aquifer.cluster();
    }

    @BeforeAll
    static void share(Installation aquifer) throws IOException {
        Cluster cluster = aquifer.cluster();
        onNode(
                cluster,
                "mkdir -p %1$s && truncate -s 64M %1$s.img && mkfs.ext4 -q %1$s.img && mount -o loop %1$s.img %1$s"
                        .formatted(DISK));
        cluster.kubectlOn("""
                apiVersion: v1
                kind: PersistentVolume
                metadata: {name: eden-products}
                spec:
                  capacity: {storage: 1Gi}
                  accessModes: [ReadWriteOnce]
                  persistentVolumeReclaimPolicy: Retain
                  claimRef: {namespace: %s, name: products}
                  local: {path: %s}
                  nodeAffinity:
                    required: {nodeSelectorTerms: [{matchExpressions: [{key: kubernetes.io/os, operator: In, values: [linux]}]}]}
                """.formatted(NAMESPACE, DISK), "apply", "-f", "-");
        cluster.kubectl("apply", "-f", EXAMPLE.resolve("prepare.yaml").toString());
        cluster.kubectl("-n", NAMESPACE, "wait", "--for=condition=Complete", "job/prepare", "--timeout=120s");
        cluster.kubectl("apply", "-f", EXAMPLE.resolve("shared-volume.yaml").toString());
        cluster.kubectl("-n", NAMESPACE, "wait", "--for=condition=Ready", "sharedvolume/products", "--timeout=120s");
        fresh = owners(cluster);
        // the first to mount it: to that one kubelet would give all files, if anybody
        run(cluster, pod("grouped", "products"), "grouped");
        run(cluster, Files.readString(EXAMPLE.resolve("pods.yaml")), "writer", "reader");
    }

    /** Pods are refused until admission knows the volume and its directories. */
    private static void run(Cluster cluster, String manifest, String... pods) {
        await().atMost(Duration.ofMinutes(2))
                .ignoreExceptions()
                .until(() -> !cluster.kubectlOn(manifest, "apply", "-f", "-").isEmpty());
        for (String pod : pods) {
            cluster.kubectl("-n", NAMESPACE, "wait", "--for=condition=Ready", "pod/" + pod, "--timeout=120s");
        }
    }

    /** With a group of its own for the files of its volumes. */
    private static String pod(String name, String volumes) {
        return """
                apiVersion: v1
                kind: Pod
                metadata: {name: %s, namespace: %s, annotations: {aquifer.dev/volumes: %s}}
                spec:
                  terminationGracePeriodSeconds: 1
                  securityContext: {runAsNonRoot: true, runAsUser: 1001, runAsGroup: 1001, fsGroup: %d}
                  containers: [{name: main, image: "busybox:1", command: [/bin/sleep, "86400"]}]
                """.formatted(name, NAMESPACE, volumes, GROUP);
    }

    @AfterAll
    static void remove(Installation aquifer) {
        Cluster cluster = aquifer.cluster();
        cluster.kubectl("delete", "namespace", NAMESPACE, "--timeout=180s");
        cluster.kubectl("delete", "pv", "eden-products");
        // a pod's mount may go some moments after the pod
        await().atMost(Duration.ofMinutes(1))
                .ignoreExceptions()
                .until(() -> onNode(cluster, "umount " + DISK).isEmpty());
    }

    @Test
    void thePodsSeeTheDirectoryAndNotTheRootWithItsLostAndFound() {
        assertThat(exec("reader", "ls /products")).isEqualTo("results\n");
        assertThat(onNode(cluster, "ls " + DISK)).isEqualTo("data\nlost+found\n");
    }

    @Test
    void aWriterThatIsNotRootWritesWhatWasMadeForHim() {
        exec("writer", "echo map > /products/results/map");

        assertThat(exec("reader", "cat /products/results/map")).isEqualTo("map\n");
        assertThat(onNode(cluster, "stat --format='%%u:%%g %%a' %s/data/results".formatted(DISK)))
                .isEqualTo("1000:1000 2775\n");
        assertThat(onNode(cluster, "stat --format=%%u:%%g %s/data/results/map".formatted(DISK)))
                .isEqualTo("1000:1000\n");
        assertThatThrownBy(() -> exec("reader", "touch /products/results/mine"))
                .hasMessageContaining("Read-only file system");
        assertThatThrownBy(() -> exec("writer", "touch /products/mine")).hasMessageContaining("Read-only file system");
    }

    @Test
    void podsKeepTheirIdsAndFilesTheirOwnersThoughAPodHasAnFsGroup() {
        assertThat(exec("writer", "echo $(id -u):$(id -g)")).isEqualTo("1000:1000\n");
        assertThat(exec("reader", "echo $(id -u):$(id -g)")).isEqualTo("1001:1001\n");
        assertThat(exec("grouped", "echo $(id -u):$(id -g) $(id -G); ls /products"))
                .isEqualTo("1001:1001 1001 %d\nresults\n".formatted(GROUP));
        assertThat(owners(cluster)).isEqualTo(fresh);
        assertThatThrownBy(() ->
                        cluster.kubectlOn(pod("greedy", "products@writer"), "create", "--dry-run=server", "-f", "-"))
                .hasMessageContaining("allowFsGroup");
    }

    /** Of everything on the disk but what writers write: user, group and mode. */
    private static String owners(Cluster cluster) {
        return onNode(
                cluster,
                "find %1$s -not -path '%1$s/data/results/*' -exec stat --format='%%n %%u:%%g %%a' {} + | sort"
                        .formatted(DISK));
    }

    private String exec(String pod, String script) {
        return cluster.kubectl("-n", NAMESPACE, "exec", pod, "--", "sh", "-c", script);
    }

    private static String onNode(Cluster cluster, String script) {
        return cluster.command("node-exec", "1", "sh", "-c", script).run();
    }
}
