package dev.aquifer.e2e.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A PodMonitor of the chart, read as the operator of Prometheus reads it. */
record PodMonitor(String name, String namespace, JsonNode spec) {

    static List<PodMonitor> ofTheChart() {
        return MonitoringTemplate.render("monitoring.podMonitors.enabled=true").stream()
                .map(object -> new PodMonitor(
                        object.at("/metadata/name").asText(),
                        object.at("/metadata/namespace").asText(),
                        object.path("spec")))
                .toList();
    }

    /** The containers that it has measured, as {@code namespace/pod/container}: those with a port of its names. */
    Set<String> targets(KubernetesClient client) {
        List<String> ports = spec.path("podMetricsEndpoints").findValuesAsText("port");
        Set<String> targets = new TreeSet<>();
        for (Pod pod : selected(client)) {
            for (Container container : pod.getSpec().getContainers()) {
                if (container.getPorts().stream().map(ContainerPort::getName).anyMatch(ports::contains)) {
                    targets.add("%s/%s/%s"
                            .formatted(
                                    pod.getMetadata().getNamespace(),
                                    pod.getMetadata().getName(),
                                    container.getName()));
                }
            }
        }
        return targets;
    }

    private List<Pod> selected(KubernetesClient client) {
        LabelSelector selector = Serialization.unmarshal(spec.path("selector").toString(), LabelSelector.class);
        FilterWatchListDeletable<Pod, PodList, PodResource> pods =
                spec.at("/namespaceSelector/any").asBoolean()
                        ? client.pods().inAnyNamespace()
                        : client.pods().inNamespace(namespace);
        return pods.withLabelSelector(selector).list().getItems().stream()
                .filter(pod -> pod.getStatus().getPhase().equals("Running"))
                .toList();
    }
}
