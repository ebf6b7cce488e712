package dev.aquifer.webhook.command.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aquifer.webhook.command.lookup.Objects;
import dev.aquifer.webhook.rest.ApiServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Whether the programs have the rights without which they do nothing, as their service accounts. */
public record ProgramRightsCheck(Objects objects, ApiServer api) implements Check {
    private record Right(String verb, String group, String resource) {
        @Override
        public String toString() {
            return verb + " " + resource + (group.isEmpty() ? "" : "." + group);
        }
    }

    private static final Map<String, List<Right>> NEEDED = Map.of(
            "admission",
            List.of(
                    new Right("watch", "aquifer.dev", "sharedvolumes"),
                    new Right("watch", "", "namespaces"),
                    new Right("create", "authentication.k8s.io", "tokenreviews")),
            "binder",
            List.of(
                    new Right("watch", "aquifer.dev", "sharedvolumes"),
                    new Right("patch", "aquifer.dev", "sharedvolumes/status"),
                    new Right("create", "", "persistentvolumes"),
                    new Right("create", "", "persistentvolumeclaims"),
                    new Right("create", "batch", "jobs")));

    @Override
    public String name() {
        return "program-rights";
    }

    @Override
    public List<Finding> run() {
        List<Finding> findings = new ArrayList<>();
        NEEDED.forEach((component, rights) -> Programs.deployments(objects, component).stream()
                // it has its rights in the namespaces that it serves
                .filter(deployment -> !Programs.servesByName(deployment))
                .forEach(deployment -> findings.add(judge(deployment, rights))));
        return findings;
    }

    private Finding judge(JsonNode deployment, List<Right> rights) {
        String namespace = deployment.at("/metadata/namespace").asText();
        String account = deployment.at("/spec/template/spec/serviceAccountName").asText("default");
        List<Right> missing =
                rights.stream().filter(right -> !may(namespace, account, right)).toList();
        String subject = "service account " + namespace + "/" + account;
        return missing.isEmpty()
                ? Finding.ok(name(), subject, "it may do what it needs most")
                : Finding.error(
                        name(),
                        subject,
                        "expected it to be let do what it needs, found that it may not %s".formatted(missing),
                        "run helm upgrade with the chart's cluster parts to bring its roles back");
    }

    private boolean may(String namespace, String account, Right right) {
        ObjectNode review = JsonNodeFactory.instance.objectNode();
        review.put("apiVersion", "authorization.k8s.io/v1").put("kind", "SubjectAccessReview");
        ObjectNode spec = review.putObject("spec");
        spec.put("user", "system:serviceaccount:%s:%s".formatted(namespace, account));
        spec.putArray("groups")
                .add("system:serviceaccounts")
                .add("system:serviceaccounts:" + namespace)
                .add("system:authenticated");
        String[] resource = right.resource().split("/", 2);
        ObjectNode attributes = spec.putObject("resourceAttributes")
                .put("verb", right.verb())
                .put("group", right.group())
                .put("resource", resource[0]);
        if (resource.length > 1) {
            attributes.put("subresource", resource[1]);
        }
        return api.send("POST", "/apis/authorization.k8s.io/v1/subjectaccessreviews", "application/json", review)
                .at("/status/allowed")
                .asBoolean();
    }
}
