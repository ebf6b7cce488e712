package dev.aquifer.e2e.monitoring;

import dev.aquifer.e2e.Cluster;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The example's configuration of Prometheus, for one outside the cluster: pods are reached through the API server, and
 * found in a file in place of a watch, which not every build of Prometheus has.
 */
record Scrape(KubernetesClient client, Path folder) {
    static final Duration INTERVAL = Duration.ofSeconds(2);

    private static final Path EXAMPLE = Path.of("../manifests/examples/prometheus/prometheus.yaml");
    private static final String WATCH = """
                kubernetes_sd_configs:
                  - role: pod
            """;
    private static final String FILE = """
                scheme: https
                tls_config: {ca_file: ca, cert_file: certificate, key_file: key}
                file_sd_configs: [{files: [targets.json]}]
            """;

    /** Writes all that Prometheus needs. */
    void write() throws IOException {
        Config config = client.getConfiguration();
        decode(config.getCaCertData(), "ca");
        decode(config.getClientCertData(), "certificate");
        decode(config.getClientKeyData(), "key");
        Files.copy(Expressions.ALERTS, folder.resolve("alerts.yaml"));
        String example = Files.readString(EXAMPLE);
        String own = example.replace(WATCH, FILE)
                .replace("scrape_interval: 30s", "scrape_interval: %ds".formatted(INTERVAL.toSeconds()));
        if (own.equals(example)) {
            throw new IllegalStateException("expected a watch of pods in " + EXAMPLE + ", found none");
        }
        Files.writeString(folder.resolve("prometheus.yaml"), own);
        find();
    }

    /** Writes down which pods there are, with the labels that a watch would give them; returns those that are measured. */
    List<Pod> find() throws IOException {
        List<Map<String, Object>> targets = new ArrayList<>();
        List<Pod> pods = client.pods().inAnyNamespace().list().getItems().stream()
                .filter(pod -> pod.getStatus().getPodIP() != null)
                .filter(pod -> pod.getStatus().getPhase().equals("Running"))
                .toList();
        for (Pod pod : pods) {
            for (Container container : pod.getSpec().getContainers()) {
                for (ContainerPort port : container.getPorts()) {
                    targets.add(Map.of("targets", List.of(server()), "labels", labels(pod, container, port)));
                }
            }
        }
        Path file = folder.resolve("targets.json");
        Files.writeString(folder.resolve("targets.part"), Serialization.asJson(targets));
        Files.move(folder.resolve("targets.part"), file, StandardCopyOption.REPLACE_EXISTING);
        return pods;
    }

    private String server() {
        return URI.create(client.getConfiguration().getMasterUrl()).getAuthority();
    }

    private static Map<String, String> labels(Pod pod, Container container, ContainerPort port) {
        var meta = pod.getMetadata();
        var of = Objects.requireNonNullElse(meta.getLabels(), Map.<String, String>of());
        Map<String, String> labels = new HashMap<>();
        labels.put(
                "__metrics_path__", Cluster.metricsPath(meta.getNamespace(), meta.getName(), port.getContainerPort()));
        labels.put("__meta_kubernetes_namespace", meta.getNamespace());
        labels.put("__meta_kubernetes_pod_name", meta.getName());
        labels.put("__meta_kubernetes_pod_node_name", pod.getSpec().getNodeName());
        labels.put("__meta_kubernetes_pod_container_name", container.getName());
        labels.put("__meta_kubernetes_pod_container_port_name", Objects.requireNonNullElse(port.getName(), ""));
        labels.put("__meta_kubernetes_pod_label_app_kubernetes_io_name", of.getOrDefault("app.kubernetes.io/name", ""));
        labels.put(
                "__meta_kubernetes_pod_labelpresent_aquifer_dev_origin",
                of.containsKey("aquifer.dev/origin") ? "true" : "");
        return labels;
    }

    private void decode(String data, String name) throws IOException {
        Files.write(folder.resolve(name), Base64.getDecoder().decode(data));
    }
}
