package dev.aquifer.webhook.command.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aquifer.webhook.rest.ApiServer;
import java.util.List;

/** What who asks may do, as far as the commands need it. */
public record RightsCheck(ApiServer api) implements Check {
    private record Right(String verb, String group, String resource, String use) {}

    private static final List<Right> RIGHTS = List.of(
            new Right("list", "aquifer.dev", "sharedvolumes", "explain, inject and status read SharedVolumes"),
            new Right("get", "", "namespaces", "explain and inject read a pod's Namespace"),
            new Right("list", "", "pods", "status finds pods on an old revision"),
            new Right("list", "", "persistentvolumeclaims", "status lists bindings"),
            new Right("list", "apps", "deployments", "explain reads what the running admission was told"));

    @Override
    public String name() {
        return "rights";
    }

    @Override
    public List<Finding> run() {
        return RIGHTS.stream().map(this::ask).toList();
    }

    private Finding ask(Right right) {
        ObjectNode review = JsonNodeFactory.instance.objectNode();
        review.put("apiVersion", "authorization.k8s.io/v1").put("kind", "SelfSubjectAccessReview");
        review.putObject("spec")
                .putObject("resourceAttributes")
                .put("verb", right.verb())
                .put("group", right.group())
                .put("resource", right.resource());
        JsonNode answer =
                api.send("POST", "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", "application/json", review);
        String subject = right.verb() + " " + right.resource();
        return answer.at("/status/allowed").asBoolean()
                ? Finding.ok(name(), subject, "you may")
                : Finding.warning(
                        name(),
                        subject,
                        "you may not in all namespaces, so that less can be said: " + right.use(),
                        "ask an administrator for the right, or give objects in a file: --with FILE");
    }
}
