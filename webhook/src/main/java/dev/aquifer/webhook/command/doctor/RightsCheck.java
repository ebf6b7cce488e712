package dev.aquifer.webhook.command.doctor;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aquifer.webhook.rest.ApiServer;
import java.util.List;

/**
 * What who asks may do, as far as the commands need it.
 *
 * @param namespace where it is asked too, if he may not everywhere
 */
public record RightsCheck(ApiServer api, String namespace) implements Check {
    private record Right(String verb, String group, String resource, String use) {}

    private static final List<Right> RIGHTS = List.of(
            new Right(
                    "list",
                    "aquifer.dev",
                    "sharedvolumes",
                    "explain asks the running admission instead, which knows of no grants, and inject says nothing"),
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
        return RIGHTS.stream().map(this::judge).toList();
    }

    private Finding judge(Right right) {
        String subject = right.verb() + " " + right.resource();
        if (may(right, "")) {
            return Finding.ok(name(), subject, "you may");
        }
        return Finding.warning(
                name(),
                subject,
                may(right, namespace)
                        ? "you may in namespace %s, and not in all namespaces, so that only what is there can be said: %s"
                                .formatted(namespace, right.use())
                        : "you may neither in all namespaces nor in namespace %s, so that less can be said: %s"
                                .formatted(namespace, right.use()),
                "ask an administrator for the right, or give objects in a file: --with FILE");
    }

    /** @param within empty for all namespaces */
    private boolean may(Right right, String within) {
        ObjectNode review = JsonNodeFactory.instance.objectNode();
        review.put("apiVersion", "authorization.k8s.io/v1").put("kind", "SelfSubjectAccessReview");
        review.putObject("spec")
                .putObject("resourceAttributes")
                .put("namespace", within)
                .put("verb", right.verb())
                .put("group", right.group())
                .put("resource", right.resource());
        return api.send("POST", "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", "application/json", review)
                .at("/status/allowed")
                .asBoolean();
    }
}
