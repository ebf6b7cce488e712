package dev.aquifer.webhook.testing;

import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.List;

/** Clients that act as somebody else than the administrator, with the rights of whom they stand for and no others. */
public final class Person {
    private static final String RBAC = "rbac.authorization.k8s.io";

    private Person() {}

    /** Somebody who has the built-in role {@code admin} in one namespace, and no right elsewhere. */
    public static KubernetesClient admin(ControlPlane api, String namespace) {
        String name = "admin-of-" + namespace;
        makeAdmin(api, namespace, name);
        return as(api, name, "system:authenticated");
    }

    /** Gives a user the built-in role {@code admin} in one namespace. */
    public static void makeAdmin(ControlPlane api, String namespace, String user) {
        // nobody runs here who would put together what the role admin consists of
        for (String part : List.of("admin", "edit", "view")) {
            api.client()
                    .rbac()
                    .clusterRoles()
                    .withLabel("rbac.authorization.k8s.io/aggregate-to-" + part, "true")
                    .list()
                    .getItems()
                    .forEach(role -> bind(
                            api,
                            namespace,
                            user,
                            "ClusterRole",
                            role.getMetadata().getName()));
        }
    }

    /** Somebody of this name who may do what these rules say in one namespace, and has no right elsewhere. */
    public static KubernetesClient with(ControlPlane api, String namespace, String name, PolicyRule... rules) {
        api.client()
                .resource(new RoleBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(namespace)
                        .endMetadata()
                        .withRules(rules)
                        .build())
                .serverSideApply();
        bind(api, namespace, name, "Role", name);
        return as(api, name, "system:authenticated");
    }

    /** Somebody of this name who may do everything, as far as rights go. */
    public static KubernetesClient mighty(ControlPlane api, String name) {
        return as(api, name, "system:masters");
    }

    /** Gives a role, a {@code ClusterRole} or a {@code Role}, to a user in one namespace. */
    public static void bind(ControlPlane api, String namespace, String user, String kind, String role) {
        api.client()
                .resource(new RoleBindingBuilder()
                        .withNewMetadata()
                        .withName(user + "-" + role.replace(':', '-'))
                        .withNamespace(namespace)
                        .endMetadata()
                        .withNewRoleRef(RBAC, kind, role)
                        .addNewSubject(RBAC, "User", user, null)
                        .build())
                .serverSideApply();
    }

    private static KubernetesClient as(ControlPlane api, String user, String group) {
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(api.client().getConfiguration())
                        .withImpersonateUsername(user)
                        .withImpersonateGroups(group)
                        .build())
                .build();
    }
}
