package dev.aquifer.webhook.command.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aquifer.webhook.command.lookup.Installed;
import dev.aquifer.webhook.command.lookup.Kind;
import dev.aquifer.webhook.command.lookup.KubernetesObjects;
import dev.aquifer.webhook.command.lookup.Names;
import dev.aquifer.webhook.command.lookup.SharedVolumes;
import dev.aquifer.webhook.command.nodes.NodeCaches;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Which nodes have no agent. The DaemonSet does not count those that its pods do not tolerate, or that it does not select;
 * pods that read cached volumes can come to them all the same.
 */
record AgentsCheck(KubernetesObjects objects) implements Check {
    private static final String CONTROL_PLANE = "node-role.kubernetes.io/control-plane";

    @Override
    public String name() {
        return "agents";
    }

    @Override
    public List<Finding> run() {
        List<JsonNode> agents = Installed.all(objects, Kind.DAEMON_SET, NodeCaches.AGENTS);
        if (agents.isEmpty()) {
            return List.of(Finding.ok(name(), "node agents", "none is installed"));
        }
        List<JsonNode> nodes = Nodes.linux(objects);
        Set<String> covered = covered(agents);
        List<JsonNode> without =
                nodes.stream().filter(node -> !covered.contains(Names.of(node))).toList();
        List<String> open = names(without, AgentsCheck::takesPods);
        List<String> closed = names(without, node -> !takesPods(node));
        List<Finding> findings = new ArrayList<>();
        if (!open.isEmpty()) {
            findings.add(judge(open));
        }
        if (!closed.isEmpty()) {
            findings.add(
                    Finding.ok(name(), subject(closed), "they have no agent, and pods of tenants do not come to them"));
        }
        return findings.isEmpty()
                ? List.of(Finding.ok(name(), "nodes", "%d of %d have an agent".formatted(nodes.size(), nodes.size())))
                : findings;
    }

    private static List<String> names(List<JsonNode> nodes, Predicate<JsonNode> which) {
        return nodes.stream().filter(which).map(Names::of).toList();
    }

    /** The nodes with a running agent, asked where the agents are: in other namespaces anybody can label pods so. */
    private Set<String> covered(List<JsonNode> agents) {
        return agents.stream()
                .map(daemonSet -> daemonSet.at("/metadata/namespace").asText())
                .distinct()
                .flatMap(namespace ->
                        objects.within(namespace, Kind.POD, Installed.selector(NodeCaches.AGENTS)).stream())
                .filter(pod -> pod.at("/status/phase").asText().equals("Running"))
                .map(pod -> pod.at("/spec/nodeName").asText())
                .collect(Collectors.toSet());
    }

    /** Whether pods that are no part of the control plane come to a node: those that tolerate other taints do. */
    private static boolean takesPods(JsonNode node) {
        return !node.at("/spec/unschedulable").asBoolean()
                && node.at("/spec/taints")
                        .valueStream()
                        .noneMatch(taint -> taint.path("key").asText().equals(CONTROL_PLANE)
                                && !taint.path("effect").asText().equals("PreferNoSchedule"));
    }

    private Finding judge(List<String> nodes) {
        if (objects.all(Kind.SHARED_VOLUME).stream().noneMatch(SharedVolumes::isCached)) {
            return Finding.ok(name(), subject(nodes), "they have no agent, and no volume is cached");
        }
        return Finding.warning(
                name(),
                subject(nodes),
                "expected a running agent on each node that takes pods, found none there: pods that read cached volumes do not start on them",
                "let agents onto them by cache.tolerations or cache.nodeSelector of the chart, or keep such pods off them");
    }

    private static String subject(List<String> nodes) {
        return "nodes " + Nodes.some(nodes);
    }
}
