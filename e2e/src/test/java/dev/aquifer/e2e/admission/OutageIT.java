package dev.aquifer.e2e.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aquifer.e2e.Drill;
import dev.aquifer.e2e.Installation;
import dev.aquifer.e2e.LongRunning;
import dev.aquifer.e2e.NeedsRoot;
import dev.aquifer.e2e.OnInstallation;
import dev.aquifer.e2e.Pods;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Admission goes away: nothing runs without the volumes that it asked for, and nobody else notices. */
@NeedsRoot
@LongRunning
@ExtendWith(OnInstallation.class)
class OutageIT {
    private static final int LEAST_KILLS = 4;

    private final Installation aquifer;
    private final Admission admission;

    OutageIT(Installation aquifer) {
        this.aquifer = aquifer;
        this.admission = new Admission(aquifer);
    }

    @AfterEach
    void bringAdmissionBack() {
        admission.scale(2);
        aquifer.cluster()
                .kubectl(
                        "-n",
                        Installation.NAMESPACE,
                        "delete",
                        "deployment,pod",
                        "-l",
                        "test=outage",
                        "--grace-period=0",
                        "--force");
    }

    @Test
    void anAskingPodIsRefusedWhileAdmissionIsDownAndComesUpByItselfAfterwards() {
        admission.scale(0);

        aquifer.client().resource(asking("waiting")).create();
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(failure("waiting")).contains("aquifer.dev/volumes"));
        Duration outage = Duration.ofSeconds(Drill.pick(5, 60));
        await().during(outage)
                .atMost(outage.plusSeconds(30))
                .pollInterval(Duration.ofMillis(250))
                .until(() -> pods("waiting"), List::isEmpty);

        admission.scale(2);
        await().atMost(Duration.ofMinutes(3))
                .untilAsserted(() -> assertThat(pods("waiting"))
                        .hasSize(1)
                        .allSatisfy(pod -> assertThat(Pods.isInjected(pod)).isTrue()));
    }

    @Test
    void aPodInANamespaceWithoutTheLabelNeverNotices() {
        aquifer.cluster().kubectl("create", "namespace", "unlabelled");
        try {
            admission.scale(0);
            Pod pod = Pods.asking("bystander")
                    .editMetadata()
                    .withNamespace("unlabelled")
                    .endMetadata()
                    .editSpec()
                    .withServiceAccountName("default")
                    .withAutomountServiceAccountToken(false)
                    .endSpec()
                    .build();
            awaitServiceAccount("unlabelled");

            aquifer.client().resource(pod).create();

            Pod running = aquifer.client().resource(pod).waitUntilReady(3, TimeUnit.MINUTES);
            assertThat(running.getSpec().getVolumes()).isEmpty();
            assertThat(running.getMetadata().getAnnotations()).containsOnlyKeys(Pods.VOLUMES);
            assertThat(admission.pods()).isEmpty();
        } finally {
            aquifer.cluster().kubectl("delete", "namespace", "unlabelled", "--timeout=180s");
        }
    }

    @Test
    void aPodThatOptsOutIsAdmittedWhileAdmissionIsDown() {
        admission.scale(0);

        Pod pod = Pods.asking("opted-out")
                .editMetadata()
                .addToAnnotations("aquifer.dev/inject", "false")
                .endMetadata()
                .build();

        assertThat(Pods.volumes(aquifer.client().resource(pod).dryRun().create()))
                .isEmpty();
    }

    @Test
    void noPodIsStoredWithoutItsVolumesWhileReplicasAreKilledOneByOne() {
        int wanted = Drill.pick(100, 300);
        int made = 0;
        try (ReplicaKiller killer = new ReplicaKiller(admission)) {
            while (made < wanted || killer.kills() < LEAST_KILLS) {
                createUntilAdmitted("kill-" + made++);
            }
        }

        assertThat(pods("kill"))
                .hasSize(made)
                .allSatisfy(pod -> assertThat(Pods.isInjected(pod)).isTrue());
    }

    /** What a controller does: it tries again until the pod is admitted. */
    private void createUntilAdmitted(String name) {
        Pod pod = new PodBuilder(Pods.asking(name).build())
                .editMetadata()
                .withLabels(Map.of("test", "outage", "by", "kill"))
                .endMetadata()
                .editSpec()
                .addNewSchedulingGate("aquifer.dev/never")
                .endSpec()
                .build();
        await().pollDelay(Duration.ofMillis(30))
                .pollInterval(Duration.ofMillis(100))
                .atMost(Duration.ofMinutes(2))
                .until(() -> {
                    try {
                        aquifer.client().resource(pod).create();
                        return true;
                    } catch (KubernetesClientException e) {
                        if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                            return true; // the answer to an earlier try was lost on its way
                        }
                        assertThat(e.getMessage()).contains("aquifer.dev/volumes");
                        return false;
                    }
                });
    }

    private void awaitServiceAccount(String namespace) {
        aquifer.client()
                .serviceAccounts()
                .inNamespace(namespace)
                .withName("default")
                .waitUntilCondition(Objects::nonNull, 30, TimeUnit.SECONDS);
    }

    private List<Pod> pods(String by) {
        return aquifer.client()
                .pods()
                .inNamespace(Installation.NAMESPACE)
                .withLabel("by", by)
                .list()
                .getItems();
    }

    private String failure(String deployment) {
        return aquifer
                .client()
                .apps()
                .replicaSets()
                .inNamespace(Installation.NAMESPACE)
                .withLabel("by", deployment)
                .list()
                .getItems()
                .stream()
                .flatMap(set -> set.getStatus().getConditions().stream())
                .filter(condition -> condition.getType().equals("ReplicaFailure"))
                .map(condition -> condition.getMessage())
                .findFirst()
                .orElse("");
    }

    private static Deployment asking(String name) {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(Installation.NAMESPACE)
                .addToLabels("test", "outage")
                .endMetadata()
                .withNewSpec()
                .withNewSelector()
                .addToMatchLabels("by", name)
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .addToLabels("by", name)
                .addToAnnotations(Pods.VOLUMES, "ref")
                .endMetadata()
                .withSpec(Pods.spec())
                .endTemplate()
                .endSpec()
                .build();
    }
}
