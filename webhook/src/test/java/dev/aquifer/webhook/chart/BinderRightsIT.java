package dev.aquifer.webhook.chart;

import static dev.aquifer.webhook.chart.Release.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.webhook.binder.Binder;
import dev.aquifer.webhook.binder.BindingSettings;
import dev.aquifer.webhook.binder.Uninstall;
import dev.aquifer.webhook.binder.election.LeaseSettings;
import dev.aquifer.webhook.binder.pairs.BindMode;
import dev.aquifer.webhook.binding.source.HandleRules;
import dev.aquifer.webhook.cluster.Served;
import dev.aquifer.webhook.entitlement.AcceptedOwners;
import dev.aquifer.webhook.testing.ControlPlane;
import dev.aquifer.webhook.workload.JobSettings;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the chart lets the binder's service account do: all that the program does, and no more. */
class BinderRightsIT {
    @RegisterExtension
    static final Release release = new Release();

    private static final ControlPlane api = release.api();
    private static final String NAME = "aquifer-binder";

    @ParameterizedTest
    @CsvSource({
        "true, aquifer.dev, sharedvolumes, , , list",
        "true, aquifer.dev, sharedvolumes, ref, climate-data, patch",
        "true, aquifer.dev, sharedvolumes/status, ref, climate-data, patch",
        "false, aquifer.dev, sharedvolumes, ref, climate-data, delete",
        "false, aquifer.dev, sharedvolumes, , climate-data, create",
        "true, '', namespaces, , , watch",
        "true, storage.k8s.io, csidrivers, , , watch",
        "false, storage.k8s.io, csidrivers, d, , patch",
        "true, '', resourcequotas, , , watch",
        "false, '', resourcequotas, q, default, patch",
        "false, '', namespaces, default, , patch",
        "false, '', namespaces, default, , delete",
        "true, '', persistentvolumes, p, , patch",
        "false, '', persistentvolumes, , , deletecollection",
        "true, '', persistentvolumes/status, p, , patch",
        "true, '', persistentvolumeclaims, , default, create",
        "true, '', persistentvolumeclaims/status, c, default, patch",
        "false, '', persistentvolumeclaims, , default, deletecollection",
        "true, '', pods, , default, list",
        "false, '', pods, , default, watch",
        "false, '', pods, , default, create",
        "false, '', pods, p, default, patch",
        "false, '', pods/exec, p, default, create",
        "false, '', pods/ephemeralcontainers, p, default, patch",
        "true, '', pods/eviction, p, default, create",
        "false, '', secrets, , , list",
        "false, '', secrets, aquifer-admission-ca, aquifer-system, get",
        "true, '', secrets, aquifer-prefetch-keys, aquifer-system, delete",
        "false, '', secrets, aquifer-prefetch-keys, aquifer-system, patch",
        "false, '', configmaps, , aquifer-system, create",
        "true, '', configmaps, aquifer-origin-ref, climate-data, delete",
        "false, '', configmaps, aquifer-origin-ref, climate-data, patch",
        "false, apps, deployments, , climate-data, create",
        "false, '', serviceaccounts/token, aquifer-admission, aquifer-system, create",
        "true, events.k8s.io, events, , default, create",
        "true, coordination.k8s.io, leases, , aquifer-system, create",
        "true, coordination.k8s.io, leases, aquifer-binder, aquifer-system, patch",
        "false, coordination.k8s.io, leases, other, aquifer-system, patch",
        "false, coordination.k8s.io, leases, , kube-system, create",
        "false, admissionregistration.k8s.io, validatingadmissionpolicies, p, , delete",
        "false, rbac.authorization.k8s.io, clusterroles, , , create"
    })
    void givesTheBinderTheRightsItUsesAndNoMore(
            boolean allowed, String group, String resource, String name, String namespace, String verb) {
        String[] parts = resource.split("/", 2);
        var review = new SubjectAccessReviewBuilder()
                .withNewSpec()
                .withUser("system:serviceaccount:" + Release.NAMESPACE + ":" + NAME)
                .withNewResourceAttributes()
                .withGroup(group)
                .withResource(parts[0])
                .withSubresource(parts.length == 2 ? parts[1] : null)
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
    void letsTheBinderMakePairsAndLetsUninstallReleaseTheirVolume() {
        api.namespace("binder-rights-owner", Map.of());
        api.namespace("binder-rights-tenant", Map.of("aquifer.dev/inject", "enabled"));
        api.command().runWithInput("""
                        apiVersion: v1
                        kind: PersistentVolume
                        metadata: {name: binder-rights}
                        spec:
                          accessModes: [ReadWriteMany]
                          capacity: {storage: 1Gi}
                          persistentVolumeReclaimPolicy: Retain
                          storageClassName: ""
                          claimRef: {namespace: binder-rights-owner, name: data}
                          hostPath: {path: /srv/binder-rights}
                        ---
                        apiVersion: v1
                        kind: PersistentVolumeClaim
                        metadata: {name: data, namespace: binder-rights-owner}
                        spec:
                          accessModes: [ReadWriteMany]
                          storageClassName: ""
                          volumeName: binder-rights
                          resources: {requests: {storage: 1Gi}}
                        ---
                        apiVersion: aquifer.dev/v1alpha1
                        kind: SharedVolume
                        metadata: {name: ref, namespace: binder-rights-owner}
                        spec:
                          source: {persistentVolumeClaim: {claimName: data}}
                          mountPath: /ref
                          roles: [{name: reader, paths: [{path: /, access: ReadOnly}]}]
                          access:
                            - namespaces: {names: [binder-rights-tenant]}
                              serviceAccounts: ["*"]
                              roles: [reader]
                        """, "kubectl", "apply", "-f", "-").succeeded();
        // no controller binds the source here
        for (String object : new String[] {"pv/binder-rights", "pvc/data"}) {
            api.command()
                    .run(
                            "kubectl",
                            "patch",
                            "-n",
                            "binder-rights-owner",
                            object,
                            "--subresource=status",
                            "-p",
                            "{\"status\":{\"phase\":\"Bound\"}}")
                    .succeeded();
        }

        try (KubernetesClient own = release.as(NAME);
                Binder binder = new Binder(
                        own,
                        LeaseSettings.of(Release.NAMESPACE, NAME, "it"),
                        new BindingSettings(
                                Served.ALL,
                                AcceptedOwners.NONE,
                                HandleRules.known(),
                                BindMode.FAST,
                                JobSettings.of("aquifer"),
                                null),
                        new SimpleMeterRegistry())) {
            binder.start();
            eventually(() -> {
                assertThat(api.client()
                                .persistentVolumeClaims()
                                .inNamespace("binder-rights-tenant")
                                .list()
                                .getItems())
                        .hasSize(1);
                assertThat(api.client()
                                .persistentVolumes()
                                .withLabel("aquifer.dev/tenant", "binder-rights-tenant")
                                .list()
                                .getItems())
                        .hasSize(1);
            });
        }
        assertThat(new Uninstall(api.client()).run()).isEqualTo(1);
        api.command()
                .run("kubectl", "delete", "sharedvolume", "-n", "binder-rights-owner", "ref", "--timeout=20s")
                .succeeded();
    }
}
