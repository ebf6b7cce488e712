package dev.aquifer.webhook.command.doctor;

import java.util.ArrayList;
import java.util.List;

/**
 * What the chart's roles let a program do, as its service account, where it serves namespaces by label.
 *
 * @param name of its Deployment, which its own objects are called by
 * @param agents whether there are node agents
 */
record ProgramRules(String name, boolean agents) {
    private static final String CORE = "";
    private static final String OURS = "aquifer.dev";
    private static final List<String> CONFIGURATIONS =
            List.of("mutatingwebhookconfigurations", "validatingwebhookconfigurations");

    /**
     * As a rule of a role (rbac.authorization.k8s.io/v1 PolicyRule).
     *
     * @param own whether it holds in the program's namespace alone
     * @param names of the objects; none for all
     */
    record Rule(boolean own, String group, List<String> resources, List<String> names, List<String> verbs) {
        static Rule everywhere(String group, List<String> resources, String... verbs) {
            return new Rule(false, group, resources, List.of(), List.of(verbs));
        }

        static Rule own(String group, List<String> resources, String... verbs) {
            return new Rule(true, group, resources, List.of(), List.of(verbs));
        }

        Rule of(String... named) {
            return new Rule(own, group, resources, List.of(named), verbs);
        }
    }

    /**
     * Admission's.
     *
     * @param secret that has its authority
     * @param issued whether somebody else writes that Secret, and tells the API server of it
     */
    List<Rule> admission(String secret, boolean issued) {
        List<Rule> rules = new ArrayList<>(List.of(
                Rule.everywhere(OURS, List.of("sharedvolumes"), "list", "watch"),
                Rule.everywhere(CORE, List.of("namespaces"), "list", "watch"),
                Rule.everywhere("admissionregistration.k8s.io", CONFIGURATIONS, "list"),
                Rule.everywhere("authentication.k8s.io", List.of("tokenreviews"), "create"),
                Rule.own(CORE, List.of("configmaps"), "create"),
                Rule.own(CORE, List.of("configmaps"), "get", "update").of("aquifer-authority"),
                Rule.own(CORE, List.of("secrets"), "get").of(secret)));
        if (!issued) {
            rules.add(Rule.everywhere("admissionregistration.k8s.io", CONFIGURATIONS, "patch")
                    .of(name));
            rules.add(Rule.own(CORE, List.of("secrets"), "create"));
            rules.add(Rule.own(CORE, List.of("secrets"), "update").of(secret));
        }
        if (agents) {
            rules.add(Rule.everywhere(CORE, List.of("nodes"), "get"));
        }
        return rules;
    }

    /** The binder's. */
    List<Rule> binder() {
        List<Rule> rules = new ArrayList<>(pairs());
        rules.addAll(ofCaches("get", "delete"));
        rules.add(Rule.own(CORE, List.of("secrets"), "deletecollection"));
        if (agents) {
            rules.addAll(ofCaches("create", "patch"));
            rules.add(Rule.own(CORE, List.of("secrets"), "get", "create"));
        }
        return rules;
    }

    private List<Rule> pairs() {
        return List.of(
                Rule.own("coordination.k8s.io", List.of("leases"), "create"),
                Rule.own("coordination.k8s.io", List.of("leases"), "get", "patch")
                        .of(name),
                Rule.everywhere(OURS, List.of("sharedvolumes"), "list", "watch", "patch"),
                Rule.everywhere(OURS, List.of("sharedvolumes/finalizers"), "update"),
                Rule.everywhere(OURS, List.of("sharedvolumes/status"), "patch"),
                Rule.everywhere(CORE, List.of("namespaces", "limitranges", "resourcequotas"), "list", "watch"),
                Rule.everywhere("storage.k8s.io", List.of("csidrivers"), "list", "watch"),
                Rule.everywhere(
                        CORE,
                        List.of("persistentvolumes", "persistentvolumeclaims"),
                        "get",
                        "list",
                        "watch",
                        "create",
                        "patch",
                        "delete"),
                Rule.everywhere(CORE, List.of("persistentvolumes/status", "persistentvolumeclaims/status"), "patch"),
                Rule.everywhere(CORE, List.of("pods"), "list", "delete"),
                Rule.everywhere(CORE, List.of("pods/eviction"), "create"),
                Rule.everywhere("batch", List.of("jobs"), "get", "list", "create", "patch"),
                Rule.everywhere("events.k8s.io", List.of("events"), "create"));
    }

    /** Origins, and what nodes are told: it all goes where there are no agents any more. */
    private static List<Rule> ofCaches(String... verbs) {
        List<String> told = List.of(verbs).contains("create") ? List.of("patch") : List.of(verbs);
        return List.of(
                Rule.everywhere(CORE, List.of("serviceaccounts", "services", "configmaps"), verbs),
                Rule.everywhere("apps", List.of("deployments"), verbs),
                Rule.everywhere("networking.k8s.io", List.of("networkpolicies"), verbs),
                new Rule(true, CORE, List.of("secrets"), List.of("aquifer-prefetch-keys"), told),
                new Rule(
                        true,
                        CORE,
                        List.of("configmaps"),
                        List.of("aquifer-datasets", "aquifer-datasets-1", "aquifer-datasets-2", "aquifer-datasets-3"),
                        told));
    }
}
