package dev.aquifer.webhook.command.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aquifer.webhook.command.lookup.KubernetesObjects;
import dev.aquifer.webhook.command.lookup.Names;
import dev.aquifer.webhook.command.lookup.ServedNamespaces;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Whether the namespaces that get volumes keep their pods from reaching past them. */
record TenantsCheck(KubernetesObjects objects) implements Check {
    private static final String LEVEL = "pod-security.kubernetes.io/enforce";
    private static final Set<String> STRICT = Set.of("baseline", "restricted");

    @Override
    public String name() {
        return "pod-security";
    }

    @Override
    public List<Finding> run() {
        List<Finding> findings = new ArrayList<>();
        int strict = 0;
        for (JsonNode namespace : ServedNamespaces.of(objects).all(objects)) {
            String level = namespace.path("metadata").path("labels").path(LEVEL).asText("none");
            if (STRICT.contains(level)) {
                strict++;
            } else {
                findings.add(loose(Names.of(namespace), level));
            }
        }
        if (strict > 0 || findings.isEmpty()) {
            findings.add(Finding.ok(
                    name(), "tenants", "%d served namespaces enforce baseline or restricted".formatted(strict)));
        }
        return findings;
    }

    private Finding loose(String namespace, String level) {
        return Finding.warning(
                name(),
                "namespace " + namespace,
                "expected its Pod Security level to be baseline or restricted, found %s: a privileged pod, or one that mounts directories of the node, reaches what other pods have mounted"
                        .formatted(level),
                "kubectl label namespace %s %s=baseline, unless another policy forbids such pods there"
                        .formatted(namespace, LEVEL));
    }
}
