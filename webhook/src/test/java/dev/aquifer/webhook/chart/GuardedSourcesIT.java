package dev.aquifer.webhook.chart;

import static dev.aquifer.webhook.chart.Release.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aquifer.webhook.testing.ControlPlane;
import dev.aquifer.webhook.testing.Person;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.EphemeralContainersResource;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where an owner guards his source, no pod of his own namespace names the source claim. */
class GuardedSourcesIT {
    @RegisterExtension
    static final Release release = new Release();

    private static final ControlPlane api = release.api();

    private static KubernetesClient member;

    @BeforeAll
    static void share() {
        api.namespace("guarded", Map.of());
        api.namespace("beside-guarded", Map.of());
        member = Person.admin(api, "guarded");
        api.client().resource(volume("strict", "guarded-data", true)).create();
        api.client().resource(volume("open", "open-data", false)).create();
        eventually(() -> assertThatThrownBy(() -> create("guarded", claim("guarded-data")))
                .hasMessageContaining("which guards it"));
    }

    @AfterAll
    static void unshare() {
        api.client().resource(volume("strict", "guarded-data", true)).delete();
        api.client().resource(volume("open", "open-data", false)).delete();
    }

    @Test
    void refusesAPodThatNamesTheSource() {
        assertThatThrownBy(() -> create("guarded", claim("guarded-data")))
                .hasMessageContaining(
                        "is the source of SharedVolume \"strict\", which guards it: leave the volume out");
    }

    @Test
    void refusesAPodWhoseOwnClaimWouldBeTheSource() {
        String ephemeral =
                "ephemeral: {volumeClaimTemplate: {spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}}";
        assertThatThrownBy(() -> member.resource(pod("guarded", ephemeral)
                                .replace("name: mine", "name: guarded")
                                .replace("name: v,", "name: data,"))
                        .dryRun()
                        .create())
                .hasMessageContaining("which guards it");
        assertThatCode(() -> create("guarded", ephemeral)).doesNotThrowAnyException();
    }

    @Test
    void letsPodsOfTheBindersJobsUseTheSource() {
        String owned = pod("guarded", claim("guarded-data"))
                .replace(
                        "name: mine,",
                        "name: mine, ownerReferences: [{apiVersion: batch/v1, kind: Job, name: aquifer-directories-1, uid: u, controller: true}],");
        var controller = Person.mighty(api, "system:serviceaccount:kube-system:job-controller");
        assertThatCode(() -> controller.resource(owned).dryRun().create()).doesNotThrowAnyException();
        assertThatThrownBy(() -> member.resource(owned).dryRun().create()).hasMessageContaining("which guards it");
        assertThatThrownBy(() -> controller
                        .resource(owned.replace("aquifer-directories-1", "other"))
                        .dryRun()
                        .create())
                .hasMessageContaining("which guards it");
    }

    @Test
    void letsNobodyRunAnythingElseInAPodThatHasTheSource() {
        var made = podWith("guarded-data", "older");

        assertThatThrownBy(() -> made.edit(before -> image(before, "busybox:2")))
                .hasMessageContaining("no other image");
        assertThatThrownBy(() -> debugger("older").edit(GuardedSourcesIT::debugged))
                .hasMessageContaining("no other image");
        assertThatCode(() -> made.edit(GuardedSourcesIT::labelled)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "guarded-data",
                // of a source that is no claim: the whole of it, by a claim that no SharedVolume guards by its name
                "of-the-binder"
            })
    void letsNobodyElseIntoThePodsOfTheBindersJobs(String claim) {
        String name = "aquifer-directories-1-" + claim;
        var made = podWith(claim, name);

        // the policy of guarded claims refuses the same, and the API server says which of the two it asked first
        assertThatThrownBy(() -> made.edit(before -> image(before, "busybox:2")))
                .hasMessageFindingMatch("is the binder's own|takes no other image");
        assertThatThrownBy(() -> debugger(name).edit(GuardedSourcesIT::debugged))
                .hasMessageFindingMatch("is the binder's own|takes no other image");
        assertThat(kubectl("exec", name, "--", "true")).contains("is the binder's own");
        assertThat(kubectl("attach", name)).contains("is the binder's own");
        assertThatCode(() -> made.edit(GuardedSourcesIT::labelled)).doesNotThrowAnyException();
    }

    /** As a pod of a Job of the binder's comes to be. */
    private static PodResource podWith(String claim, String name) {
        Person.mighty(api, "system:serviceaccount:kube-system:job-controller")
                .resource(pod("guarded", claim(claim))
                        .replace(
                                "name: mine,",
                                "name: %s, ownerReferences: [{apiVersion: batch/v1, kind: Job, name: aquifer-directories-1, uid: u, controller: true}],"
                                        .formatted(name)))
                .create();
        return member.pods().inNamespace("guarded").withName(name);
    }

    private static Pod labelled(Pod pod) {
        return new PodBuilder(pod)
                .editMetadata()
                .addToLabels("a", "b")
                .endMetadata()
                .build();
    }

    @Test
    void letsPeopleIntoTheirOtherPods() {
        member.resource(pod("guarded", claim("other")).replace("name: mine", "name: theirs"))
                .create();
        var made = member.pods().inNamespace("guarded").withName("theirs");

        assertThatCode(() -> made.edit(before -> image(before, "busybox:2"))).doesNotThrowAnyException();
        assertThatCode(() -> debugger("theirs").edit(GuardedSourcesIT::debugged))
                .doesNotThrowAnyException();
        // it runs nowhere, so nothing more can become of it
        assertThat(kubectl("exec", "theirs", "--", "true")).contains("does not have a host assigned");
    }

    /** The built-in role admin has no such right; who has one is not let in either. */
    private static EphemeralContainersResource debugger(String pod) {
        return Person.mighty(api, "operator")
                .pods()
                .inNamespace("guarded")
                .withName(pod)
                .ephemeralContainers();
    }

    private static String kubectl(String verb, String... rest) {
        List<String> line = new ArrayList<>(List.of("kubectl", verb, "-n", "guarded", "--as", "admin-of-guarded"));
        line.addAll(List.of(rest));
        return api.command().run(line.toArray(String[]::new)).failed();
    }

    private static Pod image(Pod pod, String image) {
        return new PodBuilder(pod)
                .editSpec()
                .editFirstContainer()
                .withImage(image)
                .endContainer()
                .endSpec()
                .build();
    }

    private static Pod debugged(Pod pod) {
        return new PodBuilder(pod)
                .editSpec()
                .addNewEphemeralContainer()
                .withName("debugger")
                .withImage("busybox:1")
                .endEphemeralContainer()
                .endSpec()
                .build();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dataSource", "dataSourceRef", ""})
    void isNotCopiedByWhoeverMayNotChangeTheVolume(String field) {
        api.apply(Path.of("src", "test", "resources", "chart", "snapshots.yaml"));
        try (KubernetesClient copier = copier()) {
            eventually(() -> assertThatThrownBy(() -> copy(copier, field, "guarded-data"))
                    .hasMessageContaining("a copy would hold what its roles hide"));
            assertThatCode(() -> copy(copier, field, "open-data")).doesNotThrowAnyException();
        }
        // he could end the guard himself
        try (KubernetesClient operator = Person.mighty(api, "operator")) {
            assertThatCode(() -> copy(operator, field, "guarded-data")).doesNotThrowAnyException();
        }
    }

    @Test
    void isInNoGroupOfSnapshotsOfWhoeverMayNotChangeTheVolume() {
        api.apply(Path.of("src", "test", "resources", "chart", "snapshots.yaml"));
        String group = """
                apiVersion: groupsnapshot.storage.k8s.io/v1
                kind: VolumeGroupSnapshot
                metadata: {name: copy, namespace: guarded}
                spec: {source: {selector: {matchLabels: {a: b}}}}
                """;
        try (KubernetesClient copier = copier();
                KubernetesClient operator = Person.mighty(api, "operator")) {
            eventually(() -> assertThatThrownBy(
                            () -> copier.resource(group).dryRun().create())
                    .hasMessageContaining("a copy would hold what its roles hide"));
            assertThatCode(() -> operator.resource(group).dryRun().create()).doesNotThrowAnyException();
        }
    }

    private static KubernetesClient copier() {
        return Person.with(
                api,
                "guarded",
                "copier",
                new PolicyRuleBuilder()
                        .withApiGroups("", "snapshot.storage.k8s.io", "groupsnapshot.storage.k8s.io")
                        .withResources("persistentvolumeclaims", "volumesnapshots", "volumegroupsnapshots")
                        .withVerbs("create")
                        .build());
    }

    /** @param field of the claim that is to be the copy; empty for a snapshot */
    private static void copy(KubernetesClient by, String field, String claim) {
        String copy = field.isEmpty() ? """
                apiVersion: snapshot.storage.k8s.io/v1
                kind: VolumeSnapshot
                metadata: {name: copy, namespace: guarded}
                spec: {source: {persistentVolumeClaimName: %s}}
                """.formatted(claim) : """
                apiVersion: v1
                kind: PersistentVolumeClaim
                metadata: {name: copy, namespace: guarded}
                spec:
                  accessModes: [ReadWriteOnce]
                  resources: {requests: {storage: 1Gi}}
                  %s: {kind: PersistentVolumeClaim, name: %s}
                """.formatted(field, claim);
        by.resource(copy).dryRun().create();
    }

    @Test
    void keepsTheNamesOfTheBindersJobs() {
        var binder = Person.mighty(api, "system:serviceaccount:" + Release.NAMESPACE + ":aquifer-binder");
        assertThatCode(() ->
                        binder.resource(job("aquifer-directories-1")).dryRun().create())
                .doesNotThrowAnyException();
        assertThatCode(() -> member.resource(job("mine")).dryRun().create()).doesNotThrowAnyException();
        assertThatThrownBy(() ->
                        member.resource(job("aquifer-directories-1")).dryRun().create())
                .hasMessageContaining("choose another name");
    }

    @Test
    void letsNobodyBeginAJobOfTheBindersNamesThatWasThereBefore() {
        // as somebody made it before the policies were there
        var binder = Person.mighty(api, "system:serviceaccount:" + Release.NAMESPACE + ":aquifer-binder");
        String suspended = job("aquifer-directories-early").replace("spec: {", "spec: {suspend: true, ");
        binder.resource(suspended).create();
        var early = member.batch().v1().jobs().inNamespace("guarded").withName("aquifer-directories-early");

        assertThatThrownBy(() -> early.edit(job -> new JobBuilder(job)
                        .editSpec()
                        .withSuspend(false)
                        .endSpec()
                        .build()))
                .hasMessageContaining("choose another name");
        assertThatCode(() -> early.edit(job -> new JobBuilder(job)
                        .editMetadata()
                        .addToLabels("a", "b")
                        .endMetadata()
                        .build()))
                .doesNotThrowAnyException();
    }

    private static String job(String name) {
        return """
                apiVersion: batch/v1
                kind: Job
                metadata: {name: %s, namespace: guarded}
                spec: {template: {spec: {restartPolicy: Never, containers: [{name: main, image: busybox:1}]}}}
                """.formatted(name);
    }

    @Test
    void letsEverythingElsePass() {
        assertThatCode(() -> create("guarded", claim("open-data"))).doesNotThrowAnyException();
        assertThatCode(() -> create("guarded", claim("other"))).doesNotThrowAnyException();
        assertThatCode(() -> create("guarded", "emptyDir: {}")).doesNotThrowAnyException();
        assertThatCode(() -> api.client()
                        .resource(pod("beside-guarded", claim("guarded-data")))
                        .dryRun()
                        .create())
                .doesNotThrowAnyException();
    }

    private static void create(String namespace, String source) {
        member.resource(pod(namespace, source)).dryRun().create();
    }

    private static String claim(String name) {
        return "persistentVolumeClaim: {claimName: %s}".formatted(name);
    }

    private static String pod(String namespace, String source) {
        return """
                apiVersion: v1
                kind: Pod
                metadata: {name: mine, namespace: %s}
                spec:
                  containers: [{name: main, image: busybox:1}]
                  volumes: [{name: v, %s}]
                """.formatted(namespace, source);
    }

    private static String volume(String name, String claim, boolean guard) {
        return """
                apiVersion: aquifer.dev/v1alpha1
                kind: SharedVolume
                metadata: {name: %s, namespace: guarded}
                spec:
                  source: {persistentVolumeClaim: {claimName: %s}}
                  mountPath: /ref
                  guardSource: %s
                  roles: [{name: reader, paths: [{path: /, access: ReadOnly}]}]
                """.formatted(name, claim, guard);
    }
}
