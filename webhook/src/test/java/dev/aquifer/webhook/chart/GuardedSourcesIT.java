package dev.aquifer.webhook.chart;

import static dev.aquifer.webhook.chart.Release.eventually;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aquifer.webhook.testing.ControlPlane;
import dev.aquifer.webhook.testing.Person;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

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
