package dev.aquifer.e2e.admission;

import static org.awaitility.Awaitility.await;

import dev.aquifer.e2e.Installation;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.dsl.RollableScalableResource;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The admission replicas of an installation. */
record Admission(Installation aquifer) {
    private static final String NAMESPACE = "aquifer-system";
    private static final String COMPONENT = "app.kubernetes.io/component";

    List<Pod> pods() {
        return aquifer.client()
                .pods()
                .inNamespace(NAMESPACE)
                .withLabel(COMPONENT, "admission")
                .list()
                .getItems();
    }

    /** Ends one replica without a word, as a node that dies does. */
    void kill(Pod pod) {
        aquifer.client().resource(pod).withGracePeriod(0).delete();
    }

    /** Sets the number of replicas and waits until so many, and no more, answer. */
    void scale(int replicas) {
        deployment().scale(replicas);
        if (replicas == 0) {
            aquifer.client()
                    .pods()
                    .inNamespace(NAMESPACE)
                    .withLabel(COMPONENT, "admission")
                    .waitUntilCondition(pod -> pod == null, 60, TimeUnit.SECONDS);
        }
        awaitReady();
    }

    /** Waits until other replicas, two of them, answer in place of this one. */
    void awaitReplaced(Pod killed) {
        String uid = killed.getMetadata().getUid();
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(250))
                .until(
                        this::pods,
                        pods -> pods.size() == 2
                                && pods.stream().allMatch(Readiness::isPodReady)
                                && pods.stream()
                                        .noneMatch(pod ->
                                                pod.getMetadata().getUid().equals(uid)));
    }

    void awaitReady() {
        deployment().waitUntilReady(Duration.ofMinutes(2).toSeconds(), TimeUnit.SECONDS);
    }

    private RollableScalableResource<Deployment> deployment() {
        String name = aquifer.client()
                .apps()
                .deployments()
                .inNamespace(NAMESPACE)
                .withLabel(COMPONENT, "admission")
                .list()
                .getItems()
                .getFirst()
                .getMetadata()
                .getName();
        return aquifer.client().apps().deployments().inNamespace(NAMESPACE).withName(name);
    }
}
