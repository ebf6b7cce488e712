package dev.aquifer.e2e;

import java.util.Map;
import java.util.stream.Stream;

/** The agents of all nodes. */
public record NodeAgents(Installation aquifer) {

    /** What they count under this name, over all labels. */
    public long metric(String name) {
        return pods().mapToLong(pod -> metric(pod, name)).sum();
    }

    private long metric(String pod, String name) {
        return aquifer.cluster()
                .metrics("aquifer-system", pod, 9090)
                .lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** Has kubelet bring what changed in Secrets and ConfigMaps now, and not within a minute: it does with each change of a pod. */
    public void bringNews() {
        pods().forEach(pod -> aquifer.client()
                .pods()
                .inNamespace("aquifer-system")
                .withName(pod)
                .edit(agent -> {
                    agent.getMetadata().setAnnotations(Map.of("aquifer.dev/test", Long.toString(System.nanoTime())));
                    return agent;
                }));
    }

    private Stream<String> pods() {
        return aquifer
                .client()
                .pods()
                .inNamespace("aquifer-system")
                .withLabel(Pods.COMPONENT, "node")
                .list()
                .getItems()
                .stream()
                .map(pod -> pod.getMetadata().getName());
    }
}
