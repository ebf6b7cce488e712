package dev.aquifer.e2e;

import java.util.Map;

/** The agent of the one node. */
record NodeAgents(Installation aquifer) {

    /** What the agent counts under this name, over all labels. */
    long metric(String name) {
        return aquifer.cluster()
                .kubectl(
                        "get", "--raw", "/api/v1/namespaces/aquifer-system/pods/%s:9090/proxy/metrics".formatted(pod()))
                .lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** Has kubelet bring what changed in Secrets and ConfigMaps now, and not within a minute: it does with each change of a pod. */
    void bringNews() {
        aquifer.client().pods().inNamespace("aquifer-system").withName(pod()).edit(agent -> {
            agent.getMetadata().setAnnotations(Map.of("aquifer.dev/test", Long.toString(System.nanoTime())));
            return agent;
        });
    }

    private String pod() {
        return aquifer.client()
                .pods()
                .inNamespace("aquifer-system")
                .withLabel(Pods.COMPONENT, "node")
                .list()
                .getItems()
                .getFirst()
                .getMetadata()
                .getName();
    }
}
