package dev.aquifer.webhook.command.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aquifer.webhook.command.lookup.Kind;
import dev.aquifer.webhook.command.lookup.Objects;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Whether the API server's own policies are there and bound, so that an outage of admission opens nothing. */
public record PoliciesCheck(Objects objects) implements Check {
    private static final String STANDS_IN = "-not-without-volumes";
    private static final Map<String, String> NEEDED = new TreeMap<>(Map.of(
            STANDS_IN,
            "while admission is away, pods start without the volumes that they ask for",
            "-reserved-claims",
            "tenants can make and copy claims that look like the binder's",
            "-guarded-sources",
            "pods may reach a source beside the roles that it is shared by",
            "-no-snapshots",
            "whoever copies a binding by a snapshot writes to what he may only read"));

    @Override
    public String name() {
        return "policies";
    }

    @Override
    public List<Finding> run() {
        List<Finding> findings = new ArrayList<>();
        boolean pairs = !objects
                .labelled(Kind.DEPLOYMENT, "app.kubernetes.io/name=aquifer,app.kubernetes.io/component=admission")
                .stream()
                .allMatch(Programs::servesByName);
        NEEDED.forEach((suffix, effect) -> {
            if (pairs || suffix.equals(STANDS_IN)) {
                findings.add(check(suffix, effect));
            }
        });
        return findings;
    }

    private Finding check(String suffix, String effect) {
        String remedy = "run helm upgrade with the chart's cluster parts to bring it back";
        for (JsonNode policy : objects.labelled(Kind.POLICY, "app.kubernetes.io/name=aquifer")) {
            String policyName = policy.at("/metadata/name").asText();
            if (policyName.endsWith(suffix)) {
                return isBound(policyName)
                        ? Finding.ok(name(), "policy " + policyName, "it is there and denies")
                        : Finding.error(
                                name(),
                                "policy " + policyName,
                                "expected a binding of it that denies, found none: " + effect,
                                remedy);
            }
        }
        return Finding.error(name(), "policy *" + suffix, "expected it, found none: " + effect, remedy);
    }

    private boolean isBound(String policyName) {
        for (JsonNode binding : objects.all(Kind.POLICY_BINDING)) {
            if (binding.at("/spec/policyName").asText().equals(policyName)) {
                for (JsonNode action : binding.at("/spec/validationActions")) {
                    if (action.asText().equals("Deny")) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
