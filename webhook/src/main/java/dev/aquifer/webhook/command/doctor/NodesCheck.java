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

/** Whether the agents are installed and ready that volumes with {@code readPath: Cached} need. */
record NodesCheck(KubernetesObjects objects) implements Check {
    static final String DRIVER = "node.aquifer.dev";
    private static final String REMEDY = "install node agents: helm upgrade with cache.enabled=true";

    @Override
    public String name() {
        return "nodes";
    }

    @Override
    public List<Finding> run() {
        boolean needed = objects.all(Kind.SHARED_VOLUME).stream().anyMatch(SharedVolumes::isCached);
        List<Finding> findings = new ArrayList<>();
        if (objects.find(Kind.CSI_DRIVER, "", DRIVER) == null) {
            findings.add(
                    needed
                            ? Finding.error(
                                    name(), "CSIDriver " + DRIVER, "expected it for cached volumes, found none", REMEDY)
                            : Finding.ok(name(), "node agents", "none is installed, and no volume is cached"));
            return findings;
        }
        List<JsonNode> agents = Installed.all(objects, Kind.DAEMON_SET, NodeCaches.AGENTS);
        if (agents.isEmpty()) {
            findings.add(Finding.error(name(), "DaemonSet", "expected that of the node agents, found none", REMEDY));
        }
        agents.forEach(agent -> findings.add(judge(agent)));
        return findings;
    }

    private Finding judge(JsonNode agents) {
        int wanted = agents.at("/status/desiredNumberScheduled").asInt();
        int ready = agents.at("/status/numberReady").asInt();
        String subject = "DaemonSet " + Names.of(agents);
        String message = "%d of %d node agents are ready".formatted(ready, wanted);
        return ready == wanted
                ? Finding.ok(name(), subject, message)
                : Finding.error(
                        name(),
                        subject,
                        message + ": pods that read cached volumes do not start on the others",
                        "see the pods of the DaemonSet that are not ready, and their logs");
    }
}
