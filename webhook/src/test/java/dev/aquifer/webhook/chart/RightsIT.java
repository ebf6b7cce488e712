package dev.aquifer.webhook.chart;

import static dev.aquifer.webhook.chart.Release.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.webhook.authority.Authority;
import dev.aquifer.webhook.authority.AuthorityObjects;
import dev.aquifer.webhook.authority.AuthoritySettings;
import dev.aquifer.webhook.authority.Condition;
import dev.aquifer.webhook.authority.ServedNames;
import dev.aquifer.webhook.cluster.InformedCluster;
import dev.aquifer.webhook.cluster.Served;
import dev.aquifer.webhook.entitlement.AcceptedOwners;
import dev.aquifer.webhook.testing.ControlPlane;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the chart lets admission's service account do: all that the program does, and no more. */
class RightsIT {
    @RegisterExtension
    static final Release release = new Release();

    private static final ControlPlane api = release.api();

    @ParameterizedTest
    @CsvSource({
        "true, aquifer.dev, sharedvolumes, , , list",
        "true, aquifer.dev, sharedvolumes, , , watch",
        "false, aquifer.dev, sharedvolumes, ref, climate-data, update",
        "true, '', namespaces, , , list",
        "true, '', namespaces, , , watch",
        "false, '', namespaces, default, , patch",
        "false, '', pods, , default, list",
        "false, '', persistentvolumes, , , create",
        "true, '', secrets, , aquifer-system, create",
        "true, '', secrets, aquifer-admission-ca, aquifer-system, get",
        "true, '', secrets, aquifer-admission-ca, aquifer-system, update",
        "false, '', secrets, aquifer-admission-ca, aquifer-system, delete",
        "false, '', secrets, other, aquifer-system, get",
        "false, '', secrets, , aquifer-system, list",
        "false, '', secrets, aquifer-admission-ca, default, get",
        "true, '', configmaps, , aquifer-system, create",
        "true, '', configmaps, aquifer-authority, aquifer-system, get",
        "true, '', configmaps, aquifer-authority, aquifer-system, update",
        "false, '', configmaps, aquifer-authority, aquifer-system, delete",
        "false, '', configmaps, other, aquifer-system, update",
        "false, '', configmaps, , default, create",
        "true, authentication.k8s.io, tokenreviews, , , create",
        "false, '', serviceaccounts/token, aquifer-admission, aquifer-system, create",
        "true, admissionregistration.k8s.io, mutatingwebhookconfigurations, , , list",
        "false, admissionregistration.k8s.io, mutatingwebhookconfigurations, aquifer-admission, , get",
        "true, admissionregistration.k8s.io, mutatingwebhookconfigurations, aquifer-admission, , patch",
        "false, admissionregistration.k8s.io, mutatingwebhookconfigurations, other, , patch",
        "true, admissionregistration.k8s.io, validatingwebhookconfigurations, , , list",
        "true, admissionregistration.k8s.io, validatingwebhookconfigurations, aquifer-admission, , patch",
        "false, admissionregistration.k8s.io, validatingwebhookconfigurations, other, , patch",
        "false, admissionregistration.k8s.io, mutatingwebhookconfigurations, aquifer-admission, , delete"
    })
    void givesAdmissionTheRightsItUsesAndNoMore(
            boolean allowed, String group, String resource, String name, String namespace, String verb) {
        var review = new SubjectAccessReviewBuilder()
                .withNewSpec()
                .withUser("system:serviceaccount:" + Release.NAMESPACE + ":" + Release.NAME)
                .withNewResourceAttributes()
                .withGroup(group)
                .withResource(resource)
                .withName(name)
                .withNamespace(namespace)
                .withVerb(verb)
                .endResourceAttributes()
                .endSpec()
                .build();

        eventually(() -> assertThat(
                        api.client().resource(review).create().getStatus().getAllowed())
                .isEqualTo(allowed));
    }

    @Test
    void givesAdmissionTheseRightsAndNoOther() {
        assertThat(Rights.of(Release.NAME, release.objects()))
                .containsExactly(
                        "cluster admissionregistration.k8s.io/mutatingwebhookconfigurations [list]",
                        "cluster admissionregistration.k8s.io/mutatingwebhookconfigurations/aquifer-admission [patch]",
                        "cluster admissionregistration.k8s.io/validatingwebhookconfigurations [list]",
                        "cluster admissionregistration.k8s.io/validatingwebhookconfigurations/aquifer-admission [patch]",
                        "cluster aquifer.dev/sharedvolumes [list, watch]",
                        "cluster authentication.k8s.io/tokenreviews [create]",
                        "cluster core/namespaces [list, watch]",
                        "namespace aquifer-system core/configmaps [create]",
                        "namespace aquifer-system core/configmaps/aquifer-authority [get, update]",
                        "namespace aquifer-system core/secrets [create]",
                        "namespace aquifer-system core/secrets/aquifer-admission-ca [get, update]");
    }

    @Test
    void letsAdmissionReadTheLabelsOfNodesWhereThereAreAgents() {
        List<String> without = Rights.of(Release.NAME, release.objects());

        assertThat(Rights.of(Release.NAME, release.objects("--set", "cache.enabled=true")))
                .contains("cluster core/nodes [get]")
                .containsAll(without)
                .hasSize(without.size() + 1);
    }

    @Test
    void takesFromAdmissionWhatCertManagerDoesInItsPlace() {
        assertThat(Rights.of(Release.NAME, release.objects("--set", "admission.certificates.certManager.enabled=true")))
                .containsExactly(
                        "cluster admissionregistration.k8s.io/mutatingwebhookconfigurations [list]",
                        "cluster admissionregistration.k8s.io/validatingwebhookconfigurations [list]",
                        "cluster aquifer.dev/sharedvolumes [list, watch]",
                        "cluster authentication.k8s.io/tokenreviews [create]",
                        "cluster core/namespaces [list, watch]",
                        "namespace aquifer-system core/configmaps [create]",
                        "namespace aquifer-system core/configmaps/aquifer-authority [get, update]",
                        "namespace aquifer-system core/secrets/aquifer-admission-issued-ca [get]");
    }

    @Test
    void letsAdmissionKeepItsCertificates() {
        try (KubernetesClient own = release.as(Release.NAME);
                Authority authority = Authority.on(
                        own,
                        new AuthorityObjects(Release.NAME + "-ca", "aquifer-authority"),
                        new ServedNames(Release.NAME, Release.NAMESPACE, List.of()),
                        AuthoritySettings.defaults(),
                        Clock.systemUTC(),
                        leaf -> {})) {
            authority.start();
            eventually(() -> {
                assertThat(authority.health()).isEqualTo(new Condition.Good());
                assertThat(authority.readiness()).isEqualTo(new Condition.Good());
            });
        }
        assertThat(api.client()
                        .configMaps()
                        .inNamespace(Release.NAMESPACE)
                        .withName("aquifer-authority")
                        .get()
                        .getData()
                        .get("ca.crt"))
                .startsWith("-----BEGIN CERTIFICATE-----");
        assertThat(release.configuration()
                        .getWebhooks()
                        .getFirst()
                        .getClientConfig()
                        .getCaBundle())
                .isNotEmpty();
        assertThat(api.client()
                        .admissionRegistration()
                        .v1()
                        .validatingWebhookConfigurations()
                        .withName(Release.NAME)
                        .get()
                        .getWebhooks()
                        .getFirst()
                        .getClientConfig()
                        .getCaBundle())
                .isNotEmpty();
    }

    @Test
    void letsAdmissionKnowNamespacesAndVolumes() {
        api.namespace("rights-tenant", Map.of("aquifer.dev/inject", "enabled"));
        try (KubernetesClient own = release.as(Release.NAME);
                InformedCluster cluster = new InformedCluster(own, AcceptedOwners.NONE, Served.ALL)) {
            eventually(() -> {
                assertThat(cluster.problem()).isNull();
                assertThat(cluster.tenant("rights-tenant")).isNotNull();
            });
        }
    }
}
