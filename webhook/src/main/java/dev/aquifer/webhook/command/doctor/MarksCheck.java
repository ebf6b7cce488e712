package dev.aquifer.webhook.command.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aquifer.webhook.command.lookup.Kind;
import dev.aquifer.webhook.command.lookup.KubernetesObjects;
import dev.aquifer.webhook.command.lookup.Names;
import dev.aquifer.webhook.command.lookup.ServedNamespaces;
import dev.aquifer.webhook.entitlement.AcceptedOwners;
import dev.aquifer.webhook.entitlement.ServedLabel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Whether namespaces have values in their label and annotation that Aquifer reads: what it cannot read counts as not there. */
record MarksCheck(KubernetesObjects objects) implements Check {
    /** Values by which people say that nothing is wanted, and get that. */
    private static final Set<String> DECLINED = Set.of("disabled", "false");

    @Override
    public String name() {
        return "namespaces";
    }

    @Override
    public List<Finding> run() {
        List<Finding> findings = new ArrayList<>();
        ServedNamespaces served = ServedNamespaces.of(objects);
        for (JsonNode namespace : objects.all(Kind.NAMESPACE)) {
            JsonNode metadata = namespace.path("metadata");
            JsonNode label = metadata.path("labels").path(ServedLabel.KEY);
            if (!served.named().contains(Names.of(namespace))
                    && label.isTextual()
                    && !label.asText().equals(ServedLabel.VALUE)
                    && !DECLINED.contains(label.asText())) {
                findings.add(label(Names.of(namespace), label.asText()));
            }
            List<String> unreadable = AcceptedOwners.unreadable(
                    metadata.path("annotations").path(AcceptedOwners.KEY).asText());
            if (!unreadable.isEmpty()) {
                findings.add(owners(Names.of(namespace), unreadable));
            }
        }
        if (findings.isEmpty()) {
            findings.add(Finding.ok(name(), "all namespaces", "what they say of volumes can be read"));
        }
        return findings;
    }

    private Finding label(String namespace, String value) {
        return Finding.warning(
                name(),
                "namespace " + namespace,
                "expected %s=%s, found %s=%s: nobody looks at its pods"
                        .formatted(ServedLabel.KEY, ServedLabel.VALUE, ServedLabel.KEY, value),
                "kubectl label namespace %s --overwrite %s=%s, or take the label off: kubectl label namespace %s %s-"
                        .formatted(namespace, ServedLabel.KEY, ServedLabel.VALUE, namespace, ServedLabel.KEY));
    }

    private Finding owners(String namespace, List<String> unreadable) {
        return Finding.warning(
                name(),
                "namespace " + namespace,
                "expected names of namespaces with commas between them in annotation %s, or *, found '%s': it accepts nobody by that"
                        .formatted(AcceptedOwners.KEY, String.join("', '", unreadable)),
                "kubectl annotate namespace %s --overwrite %s=OWNER,OWNER".formatted(namespace, AcceptedOwners.KEY));
    }
}
