package dev.aquifer.webhook.command.doctor;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aquifer.webhook.rest.ApiServer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What who asks may do, as far as the commands need it.
 *
 * @param namespace where it is asked too, if he may not everywhere
 */
record RightsCheck(ApiServer api, String namespace) implements Check {
    static final String NAME = "rights";

    private record Right(String verb, String group, String resource, String use) {
        @Override
        public String toString() {
            return verb + " " + resource;
        }
    }

    private static final List<Right> RIGHTS = List.of(
            new Right(
                    "list",
                    "aquifer.dev",
                    "sharedvolumes",
                    "explain and inject ask the running admission instead, which knows of no grants"),
            new Right("get", "", "namespaces", "explain and inject read a pod's Namespace"),
            new Right("list", "", "pods", "status finds pods that a new one would differ from"),
            new Right("list", "", "persistentvolumeclaims", "status lists bindings"),
            new Right("list", "apps", "deployments", "explain reads what the running admission was told"));

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Finding> run() {
        List<Right> here = new ArrayList<>();
        List<Right> nowhere = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        for (Right right : RIGHTS) {
            if (may(right, "")) {
                findings.add(Finding.ok(name(), right.toString(), "you may"));
            } else {
                (may(right, namespace) ? here : nowhere).add(right);
            }
        }
        if (!here.isEmpty()) {
            findings.add(Finding.ok(
                    name(),
                    "your rights",
                    "you may in namespace %s, and not in all namespaces, so that only what is there can be said: %s"
                            .formatted(namespace, uses(here))));
        }
        if (!nowhere.isEmpty()) {
            findings.add(Finding.warning(
                    name(),
                    "your rights",
                    "you may neither in all namespaces nor in namespace %s, so that less can be said: %s"
                            .formatted(namespace, uses(nowhere)),
                    "ask an administrator for the right, or give objects in a file: --with FILE"));
        }
        return findings;
    }

    private static String uses(List<Right> rights) {
        return rights.stream()
                .map(right -> "%s (%s)".formatted(right, right.use()))
                .collect(Collectors.joining(", "));
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
