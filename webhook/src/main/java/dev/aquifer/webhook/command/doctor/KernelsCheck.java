package dev.aquifer.webhook.command.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aquifer.webhook.command.lookup.Kind;
import dev.aquifer.webhook.command.lookup.KubernetesObjects;
import dev.aquifer.webhook.command.lookup.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether the nodes' kernels and runtimes can do what volumes need, as far as nodes say so. */
record KernelsCheck(KubernetesObjects objects) implements Check {
    private static final Pattern VERSION = Pattern.compile("^([0-9]+)\\.([0-9]+)");
    /** openat2 (Linux 5.6), by which the agent opens files of a cache. */
    private static final Release OPENS = new Release(5, 6);
    /** mount_setattr (Linux 5.12), by which mounts are read-only before anybody sees them, and those below them too. */
    private static final Release MOUNTS = new Release(5, 12);

    private record Release(int major, int minor) {
        boolean isBefore(Release other) {
            return major < other.major || (major == other.major && minor < other.minor);
        }

        @Override
        public String toString() {
            return major + "." + minor;
        }
    }

    @Override
    public String name() {
        return "kernels";
    }

    @Override
    public List<Finding> run() {
        List<JsonNode> nodes = Nodes.linux(objects);
        List<Finding> findings = new ArrayList<>();
        boolean agents = objects.find(Kind.CSI_DRIVER, "", NodesCheck.DRIVER) != null;
        for (JsonNode node : nodes) {
            kernel(node, agents, findings);
            runtime(node, findings);
        }
        return findings.isEmpty()
                ? List.of(Finding.ok(name(), "nodes", "%d can do what volumes need".formatted(nodes.size())))
                : findings;
    }

    private void kernel(JsonNode node, boolean agents, List<Finding> findings) {
        String version = node.at("/status/nodeInfo/kernelVersion").asText();
        Matcher numbers = VERSION.matcher(version);
        if (!numbers.find()) {
            return;
        }
        Release kernel = new Release(Integer.parseInt(numbers.group(1)), Integer.parseInt(numbers.group(2)));
        if (agents && kernel.isBefore(OPENS)) {
            findings.add(Finding.error(
                    name(),
                    "node " + Names.of(node),
                    "expected Linux %s or newer for cached volumes, found %s: its agent cannot open files safely"
                            .formatted(OPENS, version),
                    "upgrade the node, or keep the agent away from it: cache.nodeSelector"));
        } else if (kernel.isBefore(MOUNTS)) {
            findings.add(Finding.warning(
                    name(),
                    "node " + Names.of(node),
                    "expected Linux %s or newer, found %s: what is mounted below a read-only mount stays writable"
                            .formatted(MOUNTS, version),
                    "upgrade the node, or have roles without ReadWrite below ReadOnly"));
        }
    }

    /** What the node's runtime says of itself, since Kubernetes 1.30 (core/v1 NodeRuntimeHandlerFeatures). */
    private void runtime(JsonNode node, List<Finding> findings) {
        JsonNode handlers = node.at("/status/runtimeHandlers");
        for (JsonNode handler : handlers) {
            if (handler.path("name").asText().isEmpty()
                    && !handler.at("/features/recursiveReadOnlyMounts").asBoolean()) {
                findings.add(Finding.warning(
                        name(),
                        "node " + Names.of(node),
                        "expected a runtime with recursive read-only mounts, found %s without: what is mounted below a read-only mount stays writable"
                                .formatted(node.at("/status/nodeInfo/containerRuntimeVersion")
                                        .asText("one")),
                        "upgrade it: containerd 2.0, CRI-O 1.30 or newer, with runc 1.1 or crun 1.4"));
            }
        }
    }
}
