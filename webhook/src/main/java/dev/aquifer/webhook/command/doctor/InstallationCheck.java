package dev.aquifer.webhook.command.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aquifer.webhook.command.lookup.InstalledProgram;
import dev.aquifer.webhook.command.lookup.Kind;
import dev.aquifer.webhook.command.lookup.KubernetesObjects;
import dev.aquifer.webhook.command.lookup.Names;
import java.util.ArrayList;
import java.util.List;

/** Whether the programs run that the chart installs, and the API server calls them. */
record InstallationCheck(KubernetesObjects objects) implements Check {
    private static final String GUARD = "guard.aquifer.dev";
    private static final List<String> COMPONENTS = List.of("admission", "binder");
    private static final String REMEDY = "install the chart's cluster parts, or run helm upgrade to bring it back";

    @Override
    public String name() {
        return "installation";
    }

    /** Whether there is some of it: files that owners and tenants write have none. */
    public boolean isInstalled() {
        return COMPONENTS.stream()
                .anyMatch(component -> !InstalledProgram.all(objects, component).isEmpty());
    }

    @Override
    public List<Finding> run() {
        List<Finding> findings = new ArrayList<>();
        for (String component : COMPONENTS) {
            List<InstalledProgram> programs = InstalledProgram.all(objects, component);
            if (programs.isEmpty()) {
                findings.add(
                        Finding.error(
                                name(),
                                component,
                                "expected a Deployment with the label app.kubernetes.io/component=%s, found none"
                                        .formatted(component),
                                "install the chart: helm install aquifer manifests/chart -n aquifer-system --create-namespace"));
            }
            programs.forEach(program -> findings.add(running(component, program)));
        }
        findings.add(webhook(Kind.MUTATING_WEBHOOK, "pods.aquifer.dev", "pods get no volumes", false));
        if (InstalledProgram.makePairs(objects)) {
            findings.add(webhook(
                    Kind.VALIDATING_WEBHOOK,
                    GUARD,
                    "whoever creates pods mounts the claims of the binder as he likes, with what his role hides and protects",
                    true));
        }
        return findings;
    }

    private Finding running(String component, InstalledProgram program) {
        JsonNode deployment = program.deployment();
        String where = "Deployment " + Names.of(deployment);
        int wanted = deployment.at("/spec/replicas").asInt(1);
        int available = deployment.at("/status/availableReplicas").asInt();
        if (available >= wanted) {
            return Finding.ok(name(), where, "%d of %d replicas answer".formatted(available, wanted));
        }
        String message = "expected %d replicas to answer, found %d".formatted(wanted, available);
        String remedy = "see why: kubectl describe deployment %s -n %s, then the pods' logs"
                .formatted(program.name(), program.namespace());
        boolean working = available > 0 || (component.equals("binder") && wanted == 0);
        return working
                ? Finding.warning(name(), where, message, remedy)
                : Finding.error(name(), where, message, remedy);
    }

    /** @param strict whether pods must wait while it does not answer */
    private Finding webhook(Kind kind, String webhook, String effect, boolean strict) {
        String subject = "webhook " + webhook;
        for (JsonNode configuration : objects.all(kind)) {
            for (JsonNode one : configuration.path("webhooks")) {
                if (one.path("name").asText().equals(webhook)) {
                    String policy = one.path("failurePolicy").asText("Fail");
                    return strict && !policy.equals("Fail")
                            ? Finding.error(
                                    name(),
                                    subject,
                                    "expected failurePolicy Fail, found %s: while admission is away, %s"
                                            .formatted(policy, effect),
                                    REMEDY)
                            : Finding.ok(name(), subject, "the API server knows it");
                }
            }
        }
        return Finding.error(
                name(),
                subject,
                "expected a %s with webhook %s, found none: %s".formatted(kind.text(), webhook, effect),
                REMEDY);
    }
}
