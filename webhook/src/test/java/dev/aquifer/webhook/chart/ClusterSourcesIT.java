package dev.aquifer.webhook.chart;

import static dev.aquifer.webhook.chart.Release.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aquifer.webhook.testing.ControlPlane;
import dev.aquifer.webhook.testing.Person;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An owner shares the claims of his namespace as he likes, and the cluster's storage only with the right to do so. */
class ClusterSourcesIT {
    private static final String TRUSTED = "admin-of-trusted";
    private static final String CLAIM = "persistentVolumeClaim: {claimName: data}";
    private static final String NFS = "nfs: {server: nfs.example.org, path: /export}";
    private static final String CEPHFS =
            "cephfs: {clusterID: c, fsName: f, rootPath: /p, secretRef: {name: ceph, namespace: storage}}";
    private static final String CSI =
            "csi: {driver: d.example.org, volumeHandle: h, nodeStageSecretRef: {name: csi, namespace: storage}}";

    @RegisterExtension
    static final Release release = new Release();

    private static final ControlPlane api = release.api();

    private static KubernetesClient owner;
    private static KubernetesClient trusted;

    @BeforeAll
    static void makeTheOwners() {
        api.namespace("owner", Map.of());
        api.namespace("trusted", Map.of());
        api.namespace("storage", Map.of());
        owner = Person.admin(api, "owner");
        trusted = Person.admin(api, "trusted");
        Person.bind(api, "trusted", TRUSTED, "ClusterRole", "aquifer-cluster-sources");
        eventually(() ->
                assertThatThrownBy(() -> create(owner, "owner", NFS)).hasMessageContaining("storage of the cluster"));
        eventually(() -> assertThatCode(() -> create(trusted, "trusted", NFS)).doesNotThrowAnyException());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "persistentVolume: {name: pv}",
                NFS,
                "hostPath: {path: /srv/ref}",
                "local: {path: /srv/ref, nodeName: node1}",
                CEPHFS,
                "csi: {driver: d.example.org, volumeHandle: h}"
            })
    void takesARightForStorageOfTheCluster(String source) {
        assertThatThrownBy(() -> create(owner, "owner", source))
                .hasMessageContaining("spec.source." + source.substring(0, source.indexOf(':')))
                .hasMessageContaining("ask the administrator for the verb use-cluster-source");
        assertThatCode(() -> create(Person.mighty(api, "root"), "owner", source))
                .doesNotThrowAnyException();
    }

    @Test
    void takesNoRightForAClaim() {
        assertThatCode(() -> create(owner, "owner", CLAIM)).doesNotThrowAnyException();
    }

    @Test
    void holdsTheRightInTheNamespaceThatItWasGivenFor() {
        assertThatCode(() -> create(trusted, "trusted", NFS)).doesNotThrowAnyException();
        Person.bind(api, "owner", TRUSTED, "ClusterRole", "aquifer-sharedvolumes-edit");
        eventually(() -> assertThatCode(() -> create(trusted, "owner", CLAIM)).doesNotThrowAnyException());
        assertThatThrownBy(() -> create(trusted, "owner", NFS)).hasMessageContaining("storage of the cluster");
    }

    @ParameterizedTest
    @ValueSource(strings = {CEPHFS, CSI})
    void takesTheRightToReadASecret(String source) {
        assertThatThrownBy(() -> create(trusted, "trusted", source))
                .hasMessageContaining("the source names a Secret that you may not read yourself");
        mayGet(source.equals(CEPHFS) ? "ceph" : "csi");
        eventually(
                () -> assertThatCode(() -> create(trusted, "trusted", source)).doesNotThrowAnyException());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "secretName: by-attribute, secretNamespace: storage | true",
                "secret-name: by-attribute, Secret_Namespace: storage | true",
                "secretName: other, secretNamespace: storage | false",
                "secretName: by-attribute, secretNamespace: kube-system | false",
                "secretName: by-attribute | false",
                "secretName: by-attribute, aSecretName: other, secretNamespace: storage | false",
                "server: somewhere | true"
            })
    void takesTheRightToReadASecretThatAnAttributeNames(String attributes, boolean allowed) {
        mayGet("by-attribute");
        String source =
                "csi: {driver: file.csi.azure.com, volumeHandle: share, volumeAttributes: {%s}}".formatted(attributes);

        if (allowed) {
            eventually(() ->
                    assertThatCode(() -> create(trusted, "trusted", source)).doesNotThrowAnyException());
        } else {
            assertThatThrownBy(() -> create(trusted, "trusted", source))
                    .hasMessageContaining("an attribute of the source names a Secret");
        }
    }

    private static void mayGet(String secret) {
        api.client()
                .resource(new RoleBuilder()
                        .withNewMetadata()
                        .withName(secret)
                        .withNamespace("storage")
                        .endMetadata()
                        .withRules(new PolicyRuleBuilder()
                                .withApiGroups("")
                                .withResources("secrets")
                                .withResourceNames(secret)
                                .withVerbs("get")
                                .build())
                        .build())
                .serverSideApply();
        Person.bind(api, "storage", TRUSTED, "Role", secret);
    }

    @Test
    void asksOnlyWhenTheSourceChanges() {
        Person.mighty(api, "root").resource(volume("owner", "given", NFS)).create();
        var given = owner.genericKubernetesResources("aquifer.dev/v1alpha1", "SharedVolume")
                .inNamespace("owner")
                .withName("given");

        assertThatCode(() -> given.edit(volume -> {
                    volume.getMetadata().getFinalizers().add("aquifer.dev/pairs");
                    return volume;
                }))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> owner.resource(volume("owner", "given", NFS.replace("export", "other")))
                        .update())
                .hasMessageContaining("storage of the cluster");
        assertThat(given.get().getMetadata().getFinalizers()).contains("aquifer.dev/pairs");
        given.edit(volume -> {
            volume.getMetadata().getFinalizers().clear();
            return volume;
        });
    }

    private static void create(KubernetesClient by, String namespace, String source) {
        by.resource(volume(namespace, "new", source)).dryRun().create();
    }

    private static String volume(String namespace, String name, String source) {
        return """
                apiVersion: aquifer.dev/v1alpha1
                kind: SharedVolume
                metadata: {name: %s, namespace: %s}
                spec:
                  source: {%s}
                  mountPath: /ref
                  roles: [{name: reader, paths: [{path: /, access: ReadOnly}]}]
                """.formatted(name, namespace, source);
    }
}
