package dev.aquifer.e2e;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A cluster with Aquifer on it. The one that {@link #start()} makes has one node, and in it the example climate-ref, shared by
 * its owner and ready for pods.
 */
public record Installation(Cluster cluster, KubernetesClient client, HostDirectory directory) implements AutoCloseable {
    /** Of the example and its owner. */
    public static final String NAMESPACE = "climate-ref";

    private static final Path EXAMPLE = Path.of("../manifests/examples/climate-ref");

    static Installation start() throws IOException {
        Cluster cluster = Cluster.named("node");
        Installation installation;
        try {
            installation = new Installation(cluster, client(cluster.up()), HostDirectory.make("aquifer-ref-"));
        } catch (Throwable e) {
            cluster.close();
            throw e;
        }
        try {
            installation.installChart();
            installation.share();
            return installation;
        } catch (Throwable e) {
            installation.close();
            throw e;
        }
    }

    /** A client of an administrator. */
    public static KubernetesClient client(Cluster cluster) {
        return new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(Path.of(cluster.kubeconfig()).toFile()))
                .build();
    }

    /**
     * Installs the chart, or brings it back after a test that removed or changed it.
     *
     * @param more arguments of Helm, for a test of its own
     */
    public void installChart(String... more) {
        Stream<String> all =
                Stream.of("--set", "cache.enabled=true", "--set", "acceptFrom={%s}".formatted(Workbench.OWNER));
        cluster.install(Stream.concat(all, Stream.of(more)).toArray(String[]::new));
    }

    /** Helm's arguments for more of the environment of admission. */
    public static String[] admissionWith(Map<String, String> environment) {
        List<String> arguments = new ArrayList<>();
        environment.forEach((name, value) -> {
            String at = "admission.env[%d].".formatted(arguments.size() / 4);
            arguments.addAll(List.of("--set-string", at + "name=" + name, "--set-string", at + "value=" + value));
        });
        return arguments.toArray(String[]::new);
    }

    private void share() {
        apply("namespace.yaml");
        cluster.kubectlOn("""
                apiVersion: v1
                kind: PersistentVolume
                metadata: {name: ref-data}
                spec:
                  capacity: {storage: 10Gi}
                  accessModes: [ReadWriteMany]
                  persistentVolumeReclaimPolicy: Retain
                  claimRef: {namespace: %s, name: ref-data}
                  hostPath: {path: %s}
                """.formatted(NAMESPACE, directory.path()), "apply", "-f", "-");
        apply("claim.yaml");
        apply("prepare.yaml");
        cluster.kubectl("-n", NAMESPACE, "wait", "--for=condition=Complete", "job/ref-prepare", "--timeout=180s");
        apply("shared-volume.yaml");
        Pods.awaitInjection(this);
    }

    /** The directory of this machine behind the owner's claim. */
    public Path data() {
        return directory.path();
    }

    /** Applies a file of the example. */
    public void apply(String file) {
        cluster.kubectl("apply", "-f", EXAMPLE.resolve(file).toString());
    }

    /** A file of the example, as text. */
    public static String example(String file) throws IOException {
        return Files.readString(EXAMPLE.resolve(file));
    }

    @Override
    public void close() throws IOException {
        try (directory;
                cluster;
                client) {
            // whatever one of them says at its end, the others end too
        }
    }
}
