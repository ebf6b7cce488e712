package dev.aquifer.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Admission goes away: nothing runs without the volumes that it asked for, and nobody else notices. */
@NeedsRoot
@ExtendWith(OnInstallation.class)
class OutageIT {
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
    void anAskingPodIsRefusedWhileAdmissionIsDownAndComesUpByItselfAfterwards() throws InterruptedException {
        admission.scale(0);

        aquifer.client().resource(asking("waiting")).create();
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(failure("waiting")).contains("aquifer.dev/volumes"));
        assertThat(pods("waiting")).isEmpty();
        Thread.sleep(Duration.ofSeconds(Drill.pick(5, 60)));
        assertThat(pods("waiting")).isEmpty();

        admission.scale(2);
        await().atMost(Duration.ofMinutes(3))
                .untilAsserted(() -> assertThat(pods("waiting"))
                        .hasSize(1)
                        .allSatisfy(pod -> assertThat(Pods.isInjected(pod)).isTrue()));
    }

    @Test
    void aPodInANamespaceWithoutTheLabelNeverNotices() {
        aquifer.client()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("unlabelled")
                        .endMetadata()
                        .build())
                .serverSideApply();
        admission.scale(0);

        Pod pod = Pods.asking("bystander")
                .editMetadata()
                .withNamespace("unlabelled")
                .endMetadata()
                .build();

        assertThat(aquifer.client().resource(pod).dryRun().create().getSpec().getVolumes())
                .noneMatch(volume -> volume.getName().startsWith("aquifer-"));
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
    void noPodIsStoredWithoutItsVolumesWhileReplicasAreKilledOneByOne() throws InterruptedException {
        int wanted = Drill.pick(100, 300);
        Thread killer = Thread.ofVirtual().start(this::killOneReplicaAfterTheOther);

        for (int i = 0; i < wanted; i++) {
            createUntilAdmitted("kill-" + i);
        }
        killer.interrupt();
        killer.join();

        List<Pod> stored = pods("kill");
        assertThat(stored)
                .hasSize(wanted)
                .allSatisfy(pod -> assertThat(Pods.isInjected(pod)).isTrue());
    }

    private void killOneReplicaAfterTheOther() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                admission.kill(admission.pods().getFirst());
                admission.awaitReady();
                Thread.sleep(Duration.ofSeconds(1));
            } catch (InterruptedException e) {
                return;
            } catch (KubernetesClientException e) {
                assertThat(e).hasRootCauseInstanceOf(InterruptedException.class);
                return;
            }
        }
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
        await().pollInterval(Duration.ofMillis(100))
                .atMost(Duration.ofMinutes(2))
                .until(() -> {
                    try {
                        aquifer.client().resource(pod).create();
                        return true;
                    } catch (KubernetesClientException e) {
                        assertThat(e.getMessage()).contains("aquifer.dev/volumes");
                        return false;
                    }
                });
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
