package dev.aquifer.e2e;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A one-node cluster with Aquifer on it, and in it the example climate-ref, shared by its owner and ready for pods.
 *
 * @param data the directory of this machine behind the owner's claim
 */
record Installation(Cluster cluster, KubernetesClient client, Path data) implements AutoCloseable {
    static final String NAMESPACE = "climate-ref";

    private static final Path EXAMPLE = Path.of("../manifests/examples/climate-ref");

    static Installation start() throws IOException {
        Cluster cluster = Cluster.named("node").up();
        try {
            cluster.install();
            KubernetesClient client = new KubernetesClientBuilder()
                    .withConfig(
                            Config.fromKubeconfig(Path.of(cluster.kubeconfig()).toFile()))
                    .build();
            Path data = Files.createTempDirectory(Path.of("/var/tmp"), "aquifer-ref-");
            Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));
            Installation installation = new Installation(cluster, client, data);
            installation.share();
            return installation;
        } catch (IOException | RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    private void share() throws IOException {
        apply("namespace.yaml");
        Path volume = Files.createTempFile("ref-data", ".yaml");
        Files.writeString(volume, """
                apiVersion: v1
                kind: PersistentVolume
                metadata: {name: ref-data}
                spec:
                  capacity: {storage: 10Gi}
                  accessModes: [ReadWriteMany]
                  persistentVolumeReclaimPolicy: Retain
                  claimRef: {namespace: %s, name: ref-data}
                  hostPath: {path: %s}
                """.formatted(NAMESPACE, data));
        cluster.kubectl("apply", "-f", volume.toString());
        Files.delete(volume);
        apply("claim.yaml");
        apply("prepare.yaml");
        cluster.kubectl("-n", NAMESPACE, "wait", "--for=condition=Complete", "job/ref-prepare", "--timeout=90s");
        apply("shared-volume.yaml");
        Pods.awaitInjection(this);
    }

    /** Applies a file of the example. */
    void apply(String file) {
        cluster.kubectl("apply", "-f", EXAMPLE.resolve(file).toString());
    }

    /** A file of the example, as text. */
    static String example(String file) throws IOException {
        return Files.readString(EXAMPLE.resolve(file));
    }

    @Override
    public void close() throws IOException {
        client.close();
        cluster.close();
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
