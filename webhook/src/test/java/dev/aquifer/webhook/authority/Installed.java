package dev.aquifer.webhook.authority;

import dev.aquifer.webhook.testing.ControlPlane;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhook;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfigurationBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.List;
import java.util.Map;

/**
 * What a chart installs for the authority, in a namespace of its own: a service account with exactly the rights that
 * {@link Authority} names, and a client that has no others.
 */
final class Installed implements AutoCloseable {
    static final String SECRET = "aquifer-ca";
    static final AuthorityObjects OBJECTS = new AuthorityObjects(SECRET, "aquifer-authority");

    private final ControlPlane api;
    private final String namespace;
    private final KubernetesClient client;

    Installed(ControlPlane api, String namespace) {
        this.api = api;
        this.namespace = namespace;
        api.namespace(namespace, Map.of("aquifer.dev/it", namespace));
        grantOnSecret();
        grantOnConfigurations();
        var config = new ConfigBuilder(Config.fromKubeconfig(api.kubeconfig().toFile()))
                .withImpersonateUsername("system:serviceaccount:%s:default".formatted(namespace))
                .withImpersonateGroups("system:serviceaccounts", "system:authenticated")
                .withClientKeyAlgo("EC")
                .build();
        client = new KubernetesClientBuilder().withConfig(config).build();
    }

    /** The service account's client. */
    KubernetesClient client() {
        return client;
    }

    String namespace() {
        return namespace;
    }

    ServedNames names(String... moreHosts) {
        return new ServedNames("aquifer", namespace, List.of(moreHosts));
    }

    SecretStore store() {
        return new SecretStore(client, namespace, SECRET, new AuthoritySecret(Fixtures.RANDOM));
    }

    /** Makes a configuration, labelled or not, with these webhooks. */
    void configuration(String name, boolean labelled, MutatingWebhook... webhooks) {
        api.client()
                .resource(new MutatingWebhookConfigurationBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withLabels(labelled ? Map.of(Labels.INJECT_CA, Labels.YES) : Map.of())
                        .endMetadata()
                        .withWebhooks(webhooks)
                        .build())
                .create();
    }

    /** A webhook on creation of ConfigMaps in this namespace that refuses when it cannot be called. */
    MutatingWebhook webhook(String name) {
        return new MutatingWebhookBuilder()
                .withName(name)
                .withAdmissionReviewVersions("v1")
                .withSideEffects("None")
                .withFailurePolicy("Fail")
                .withTimeoutSeconds(5)
                .withNewNamespaceSelector()
                .addToMatchLabels("aquifer.dev/it", namespace)
                .endNamespaceSelector()
                .addNewRule()
                .withOperations("CREATE")
                .withApiGroups("")
                .withApiVersions("v1")
                .withResources("configmaps")
                .endRule()
                .withNewClientConfig()
                .withNewService()
                .withName("aquifer")
                .withNamespace(namespace)
                .endService()
                .endClientConfig()
                .build();
    }

    /** Takes the configurations away, which the other tests of this API server would meet. */
    @Override
    public void close() {
        client.close();
        api.client().admissionRegistration().v1().mutatingWebhookConfigurations().list().getItems().stream()
                .filter(configuration -> configuration.getMetadata().getName().startsWith(namespace))
                .forEach(configuration -> api.client().resource(configuration).delete());
    }

    private void grantOnSecret() {
        var role = new RoleBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName("authority")
                .endMetadata()
                .withRules(
                        rule("", "secrets", "create").build(),
                        rule("", "secrets", "get", "update")
                                .withResourceNames(SECRET)
                                .build(),
                        rule("", "configmaps", "create").build(),
                        rule("", "configmaps", "get", "update")
                                .withResourceNames(OBJECTS.bundle())
                                .build())
                .build();
        var binding = new RoleBindingBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName("authority")
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "Role", "authority")
                .addNewSubject(null, "ServiceAccount", "default", namespace)
                .build();
        api.client().resource(role).create();
        api.client().resource(binding).create();
    }

    private void grantOnConfigurations() {
        List<PolicyRule> rules = List.of(
                rule("admissionregistration.k8s.io", "mutatingwebhookconfigurations", "list", "patch")
                        .build(),
                rule("admissionregistration.k8s.io", "validatingwebhookconfigurations", "list", "patch")
                        .build());
        api.client()
                .resource(new ClusterRoleBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .withRules(rules)
                        .build())
                .create();
        api.client()
                .resource(new ClusterRoleBindingBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", namespace)
                        .addNewSubject(null, "ServiceAccount", "default", namespace)
                        .build())
                .create();
    }

    private static PolicyRuleBuilder rule(String group, String resource, String... verbs) {
        return new PolicyRuleBuilder()
                .withApiGroups(group)
                .withResources(resource)
                .withVerbs(verbs);
    }
}
