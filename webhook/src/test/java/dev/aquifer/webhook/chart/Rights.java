package dev.aquifer.webhook.chart;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.RoleRef;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All that roles among some objects let a service account of the release do: for each place and resource, and name where
 * only some may be used, the verbs.
 */
final class Rights {
    private static final List<String> EVERY_NAME = List.of("");

    private final SortedMap<String, SortedSet<String>> verbs = new TreeMap<>();

    private Rights() {}

    /** Sorted lines such as {@code namespace aquifer-system core/secrets/ca [get, update]}. */
    static List<String> of(String serviceAccount, List<HasMetadata> objects) {
        Rights rights = new Rights();
        Release.all(ClusterRoleBinding.class, objects)
                .filter(binding -> concerns(serviceAccount, binding.getSubjects()))
                .forEach(binding ->
                        rules(binding.getRoleRef(), "", objects).forEach(rule -> rights.add("cluster", rule)));
        Release.all(RoleBinding.class, objects)
                .filter(binding -> concerns(serviceAccount, binding.getSubjects()))
                .forEach(binding -> {
                    String namespace = binding.getMetadata().getNamespace();
                    rules(binding.getRoleRef(), namespace, objects)
                            .forEach(rule -> rights.add("namespace " + namespace, rule));
                });
        return rights.verbs.entrySet().stream()
                .map(right -> right.getKey() + " " + right.getValue())
                .toList();
    }

    /** A group can hold every service account. */
    private static boolean concerns(String serviceAccount, List<Subject> subjects) {
        return subjects.stream()
                .anyMatch(subject -> !subject.getKind().equals("ServiceAccount")
                        || subject.getName().equals(serviceAccount));
    }

    private static List<PolicyRule> rules(RoleRef role, String namespace, List<HasMetadata> objects) {
        return role.getKind().equals("ClusterRole")
                ? Release.one(ClusterRole.class, role.getName(), objects).getRules()
                : Release.all(Role.class, objects)
                        .filter(one -> one.getMetadata().getName().equals(role.getName())
                                && one.getMetadata().getNamespace().equals(namespace))
                        .findFirst()
                        .orElseThrow()
                        .getRules();
    }

    private void add(String place, PolicyRule rule) {
        for (String url : rule.getNonResourceURLs()) {
            add(place + " " + url, rule.getVerbs());
        }
        List<String> names = rule.getResourceNames().isEmpty() ? EVERY_NAME : rule.getResourceNames();
        for (String group : rule.getApiGroups()) {
            for (String resource : rule.getResources()) {
                for (String name : names) {
                    String suffix = name.isEmpty() ? "" : "/" + name;
                    add(
                            "%s %s/%s%s".formatted(place, group.isEmpty() ? "core" : group, resource, suffix),
                            rule.getVerbs());
                }
            }
        }
    }

    private void add(String what, List<String> more) {
        verbs.computeIfAbsent(what, none -> new TreeSet<>()).addAll(more);
    }
}
