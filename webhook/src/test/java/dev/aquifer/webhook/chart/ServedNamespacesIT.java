package dev.aquifer.webhook.chart;

import static dev.aquifer.webhook.chart.Release.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.webhook.binder.Binder;
import dev.aquifer.webhook.binder.BindingSettings;
import dev.aquifer.webhook.binder.election.LeaseSettings;
import dev.aquifer.webhook.binder.pairs.BindMode;
import dev.aquifer.webhook.binding.names.PairIdentity;
import dev.aquifer.webhook.binding.names.PairLabels;
import dev.aquifer.webhook.binding.names.PairMode;
import dev.aquifer.webhook.binding.objects.DesiredClaim;
import dev.aquifer.webhook.binding.source.HandleRules;
import dev.aquifer.webhook.cluster.InformedCluster;
import dev.aquifer.webhook.cluster.Served;
import dev.aquifer.webhook.entitlement.AcceptedOwners;
import dev.aquifer.webhook.entitlement.Catalog;
import dev.aquifer.webhook.testing.Completed;
import dev.aquifer.webhook.testing.ControlPlane;
import dev.aquifer.webhook.testing.Person;
import dev.aquifer.webhook.workload.JobSettings;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The chart in two parts: an administrator of the cluster installs his once, and whoever administers a namespace the
 * rest, with rights in that namespace alone.
 */
final class ServedNamespacesIT {
    @RegisterExtension
    static final ControlPlane api = ControlPlane.withControllers().withDefinition();

    private static final String TEAM = "served-team";
    private static final String MEMBER = "admin-of-" + TEAM;
    private static final Served SERVED = new Served(Set.of(TEAM));

    @BeforeAll
    static void install() {
        api.namespace(TEAM, Map.of());
        api.namespace("served-elsewhere", Map.of());
        helm(
                        "served-cluster",
                        "kube-system",
                        "--set=parts=cluster,crd.install=false,program.release=aquifer,program.namespace=" + TEAM)
                .succeeded();
        Person.admin(api, TEAM).close();
        helm("aquifer", TEAM, "--set=parts=namespaces", "--kube-as-user=" + MEMBER, "--kube-as-group=people")
                .succeeded();
    }

    @AfterAll
    static void uninstall() {
        api.command()
                .run("kubectl", "delete", "sharedvolumes", "-n", TEAM, "--all")
                .succeeded();
        api.command().run("helm", "uninstall", "aquifer", "-n", TEAM).succeeded();
        api.command()
                .run("helm", "uninstall", "served-cluster", "-n", "kube-system")
                .succeeded();
    }

    private static Completed helm(String release, String namespace, String... more) {
        List<String> line = new ArrayList<>(List.of(
                "helm",
                "install",
                release,
                Release.CHART.toString(),
                "-n",
                namespace,
                "--set=namespaces={" + TEAM + "}"));
        line.addAll(List.of(more));
        return api.command().run(line.toArray(String[]::new));
    }

    @Test
    void makesTheClaimOfAnAdministratorsVolumeWithRightsInTheNamespaceAlone() {
        api.command().runWithInput("""
                        apiVersion: v1
                        kind: PersistentVolume
                        metadata: {name: served-ccat}
                        spec:
                          accessModes: [ReadWriteOnce]
                          capacity: {storage: 5Ti}
                          persistentVolumeReclaimPolicy: Retain
                          storageClassName: projects
                          claimRef: {namespace: served-team, name: ccat}
                          hostPath: {path: /srv/served-ccat}
                        """, "kubectl", "apply", "-f", "-").succeeded();
        share("ccat", "{name: served-ccat, claimRef: {namespace: served-team, name: ccat}}")
                .succeeded();

        try (KubernetesClient own = Release.as(api, TEAM, "aquifer-binder");
                Binder binder = binder(own)) {
            binder.start();

            eventually(() -> {
                PersistentVolumeClaim claim = api.client()
                        .persistentVolumeClaims()
                        .inNamespace(TEAM)
                        .withName("ccat")
                        .get();
                assertThat(claim).isNotNull();
                assertThat(claim.getSpec().getVolumeName()).isEqualTo("served-ccat");
                assertThat(claim.getStatus().getPhase()).isEqualTo("Bound");
                assertThat(condition("ccat", "Ready")).isEqualTo("True");
            });
            assertThat(binder.problem()).isNull();
        }
    }

    /** To delete the pair, or a pod that uses it, takes rights that there are none of here. */
    @Test
    void namesAPairOfABinderThatServedTheWholeClusterAndLetsTheSharedVolumeGo() {
        share("left", "{name: served-left, claimRef: {namespace: served-team, name: left}}")
                .succeeded();
        String uid = api.command()
                .run("kubectl", "get", "sharedvolume", "-n", TEAM, "left", "-o", "jsonpath={.metadata.uid}")
                .succeeded();
        String pair = new PairIdentity(TEAM, "left", uid, TEAM, PairMode.READ_ONLY).name(0);
        PairLabels labels = new PairLabels(uid, TEAM, PairMode.READ_ONLY, 0);
        api.command()
                .runWithInput(
                        new DesiredClaim(pair, labels, TEAM + "/left", "1Gi")
                                .toJson()
                                .toString(),
                        "kubectl",
                        "create",
                        "--as=system:serviceaccount:" + TEAM + ":aquifer-binder",
                        "-f",
                        "-")
                .succeeded();
        String held = "{\"metadata\": {\"finalizers\": [\"aquifer.dev/pairs\"]}}";
        api.command()
                .run("kubectl", "patch", "sharedvolume", "-n", TEAM, "left", "--type=merge", "-p", held)
                .succeeded();

        try (KubernetesClient own = Release.as(api, TEAM, "aquifer-binder");
                Binder binder = binder(own)) {
            binder.start();
            eventually(() -> assertThat(condition("left", "Conflict")).isEqualTo("True"));

            api.command()
                    .run("kubectl", "delete", "sharedvolume", "-n", TEAM, "left", "--timeout=20s")
                    .succeeded();
        }
        assertThat(api.client()
                        .persistentVolumeClaims()
                        .inNamespace(TEAM)
                        .withName(pair)
                        .get()
                        .getMetadata()
                        .getDeletionTimestamp())
                .isNull();
    }

    private static Binder binder(KubernetesClient own) {
        return new Binder(
                own,
                LeaseSettings.of(TEAM, "aquifer-binder", "it"),
                new BindingSettings(
                        SERVED,
                        AcceptedOwners.NONE,
                        HandleRules.known(),
                        BindMode.FAST,
                        JobSettings.of("aquifer"),
                        null),
                new SimpleMeterRegistry());
    }

    @Test
    void admissionKnowsTheNamespaceByItsNameAndTheVolumesInIt() {
        share("known", "{name: served-known, claimRef: {namespace: served-team, name: known}}")
                .succeeded();

        try (KubernetesClient own = Release.as(api, TEAM, "aquifer-admission");
                InformedCluster cluster = new InformedCluster(own, AcceptedOwners.NONE, SERVED)) {
            eventually(() -> assertThat(cluster.problem()).isNull());
            assertThat(cluster.tenant(TEAM)).isNotNull();
            assertThat(cluster.tenant("served-elsewhere")).isNull();
            eventually(() -> assertThat(cluster.catalog()).isNotSameAs(Catalog.EMPTY));
        }
    }

    @Test
    void anOwnerNamesNoClaimWhereHeMayMakeNone() {
        assertThat(share("foreign", "{name: pv, claimRef: {namespace: served-elsewhere, name: c}}")
                        .failed())
                .contains("you may make no claims yourself");
        assertThat(share("foreign", "{name: pv}").failed()).contains("is storage of the cluster");
    }

    @ParameterizedTest
    @CsvSource({
        "binder, '', persistentvolumes, list",
        "binder, '', namespaces, list",
        "binder, '', persistentvolumeclaims, create",
        "binder, aquifer.dev, sharedvolumes, list",
        "admission, aquifer.dev, sharedvolumes, list",
        "admission, '', namespaces, list",
        "admission, '', secrets, get"
    })
    void hasNoRightsOutsideTheNamespace(String component, String group, String resource, String verb) {
        assertThat(api.client()
                        .resource(new SubjectAccessReviewBuilder()
                                .withNewSpec()
                                .withUser("system:serviceaccount:" + TEAM + ":aquifer-" + component)
                                .withNewResourceAttributes()
                                .withGroup(group)
                                .withResource(resource)
                                .withNamespace("served-elsewhere")
                                .withVerb(verb)
                                .endResourceAttributes()
                                .endSpec()
                                .build())
                        .create()
                        .getStatus()
                        .getAllowed())
                .isFalse();
    }

    /** As the namespace's own administrator. */
    private static Completed share(String name, String volume) {
        return api.command().runWithInput("""
                        apiVersion: aquifer.dev/v1alpha1
                        kind: SharedVolume
                        metadata: {name: %1$s, namespace: served-team}
                        spec:
                          source: {persistentVolume: %2$s}
                          mountPath: /projects/%1$s
                          roles: [{name: reader, paths: [{path: /, access: ReadOnly}]}]
                          defaultRole: reader
                          access: [{namespaces: {names: [served-team]}, roles: [reader]}]
                        """.formatted(name, volume), "kubectl", "apply", "--as=" + MEMBER, "-f", "-");
    }

    private static String condition(String name, String type) {
        return api.command()
                .run(
                        "kubectl",
                        "get",
                        "sharedvolume",
                        "-n",
                        TEAM,
                        name,
                        "-o",
                        "jsonpath={.status.conditions[?(@.type=='" + type + "')].status}")
                .succeeded();
    }
}
