package dev.aquifer.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Case 3, EDEN, on a node: a fresh ext4 is shared from a directory below its root, by pods none of which is root. */
@NeedsRoot
@ExtendWith(OnInstallation.class)
class FreshVolumeIT {
    private static final Path EXAMPLE = Path.of("../manifests/examples/eden");
    private static final String NAMESPACE = "eden";
    private static final String DISK = "/srv/eden-disk";

    private final Cluster cluster;

    FreshVolumeIT(Installation aquifer) {
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
                  hostPath: {path: %s}
                """.formatted(NAMESPACE, DISK), "apply", "-f", "-");
        cluster.kubectl("apply", "-f", EXAMPLE.resolve("prepare.yaml").toString());
        cluster.kubectl("-n", NAMESPACE, "wait", "--for=condition=Complete", "job/prepare", "--timeout=120s");
        cluster.kubectl("apply", "-f", EXAMPLE.resolve("shared-volume.yaml").toString());
        cluster.kubectl("-n", NAMESPACE, "wait", "--for=condition=Ready", "sharedvolume/products", "--timeout=120s");
        String pods = Files.readString(EXAMPLE.resolve("pods.yaml"));
        // refused until admission knows the volume and its directories
        await().atMost(Duration.ofMinutes(2))
                .ignoreExceptions()
                .until(() -> !cluster.kubectlOn(pods, "apply", "-f", "-").isEmpty());
        for (String pod : List.of("writer", "reader")) {
            cluster.kubectl("-n", NAMESPACE, "wait", "--for=condition=Ready", "pod/" + pod, "--timeout=120s");
        }
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
        assertThat(onNode(cluster, "stat --format='%%u %%a' %s/data/results".formatted(DISK)))
                .isEqualTo("1000 2775\n");
        assertThatThrownBy(() -> exec("reader", "touch /products/results/mine"))
                .hasMessageContaining("Read-only file system");
        assertThatThrownBy(() -> exec("writer", "touch /products/mine")).hasMessageContaining("Read-only file system");
    }

    private String exec(String pod, String script) {
        return cluster.kubectl("-n", NAMESPACE, "exec", pod, "--", "sh", "-c", script);
    }

    private static String onNode(Cluster cluster, String script) {
        return cluster.command("node-exec", "1", "sh", "-c", script).run();
    }
}
