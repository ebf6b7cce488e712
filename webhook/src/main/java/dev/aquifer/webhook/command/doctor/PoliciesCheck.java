package dev.aquifer.webhook.command.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aquifer.webhook.command.lookup.InstalledProgram;
import dev.aquifer.webhook.command.lookup.Kind;
import dev.aquifer.webhook.command.lookup.KubernetesObjects;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Whether the API server's own policies are there and bound, so that an outage of admission opens nothing. */
record PoliciesCheck(KubernetesObjects objects) implements Check {
    private static final String REMEDY = "run helm upgrade with the chart's cluster parts to bring it back";

    /** Of every installation: the end of a policy's name, and what is open without it. */
    private static final Map<String, String> ALWAYS = new TreeMap<>(Map.of(
            "-not-without-volumes",
            "while admission is away, pods start without the volumes that they ask for",
            "-cluster-sources",
            "whoever may write SharedVolumes shares any storage of the cluster with himself"));

    /** Where the binder makes pairs. */
    private static final Map<String, String> WITH_PAIRS = new TreeMap<>(Map.of(
            "-reserved-claims",
            "tenants can make and copy claims that look like the binder's",
            "-guarded-sources",
            "pods may reach a source beside the roles that it is shared by",
            "-guarded-sources-copies",
            "whoever copies a guarded source reads what his role hides",
            "-guarded-sources-inside",
            "whoever may run commands in pods runs them in a Job of the binder's, beside the whole source",
            "-guarded-sources-jobs",
            "whoever makes a Job that looks like the binder's mounts the whole source",
            "-no-snapshots",
            "whoever copies a binding by a snapshot writes to what he may only read",
            "-no-snapshots-of-groups",
            "whoever copies bindings by a snapshot of a group writes to what he may only read"));

    /** Only where the chart's values ask for them; one that is there must deny. */
    private static final Map<String, String> ASKED_FOR =
            Map.of("-mount-paths", "SharedVolumes are mounted at paths that the administrator does not allow");

    @Override
    public String name() {
        return "policies";
    }

    @Override
    public List<Finding> run() {
        List<JsonNode> policies = objects.labelled(Kind.POLICY, "app.kubernetes.io/name=aquifer");
        List<Finding> findings = new ArrayList<>();
        ALWAYS.forEach((suffix, effect) -> findings.add(check(policies, suffix, effect)));
        if (InstalledProgram.makePairs(objects)) {
            WITH_PAIRS.forEach((suffix, effect) -> findings.add(check(policies, suffix, effect)));
        }
        ASKED_FOR.forEach((suffix, effect) -> {
            if (find(policies, suffix) != null) {
                findings.add(check(policies, suffix, effect));
            }
        });
        return findings;
    }

    private Finding check(List<JsonNode> policies, String suffix, String effect) {
        String found = find(policies, suffix);
        if (found == null) {
            return Finding.error(name(), "policy *" + suffix, "expected it, found none: " + effect, REMEDY);
        }
        return isBound(found)
                ? Finding.ok(name(), "policy " + found, "it is there and denies")
                : Finding.error(
                        name(),
                        "policy " + found,
                        "expected a binding of it that denies, found none: " + effect,
                        REMEDY);
    }

    private static @Nullable String find(List<JsonNode> policies, String suffix) {
        return policies.stream()
                .map(policy -> policy.at("/metadata/name").asText())
                .filter(name -> name.endsWith(suffix))
                .findFirst()
                .orElse(null);
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
