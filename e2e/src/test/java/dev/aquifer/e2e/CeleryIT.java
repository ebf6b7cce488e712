package dev.aquifer.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Case 1 with the real programs: Celery workers and a Redis do in the example's pods what climate-ref does with /ref, each
 * in its role. With {@code -Pdrills} only: it takes minutes, and programs from package registries.
 */
@NeedsRoot
@OnlyInDrills
@ExtendWith(OnInstallation.class)
class CeleryIT {
    private static final Path RESOURCES = Path.of("src/test/resources/celery");
    private static final String PYTHON = "/usr/bin/python3";

    /** What the containers of the example's Deployments run in place of sleep. */
    private static final Map<String, List<String>> COMMANDS = Map.of(
            "api", List.of(PYTHON, "-c", "import time; time.sleep(86400)"),
            "worker", celery("example"),
            "orchestrator", celery("celery"));

    private final Installation aquifer;
    private final Cluster cluster;

    CeleryIT(Installation aquifer) {
        this.aquifer = aquifer;
        this.cluster = aquifer.cluster();
    }

    @BeforeAll
    static void start(Installation aquifer) throws IOException {
        Programs.on(aquifer.cluster());
        aquifer.cluster()
                .kubectl("apply", "-f", RESOURCES.resolve("broker.yaml").toString());
        aquifer.client()
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("application")
                        .withNamespace(Installation.NAMESPACE)
                        .endMetadata()
                        .addToData("tasks.py", Files.readString(RESOURCES.resolve("tasks.py")))
                        .build())
                .create();
        for (Deployment deployment : deployments(aquifer)) {
            aquifer.client().resource(running(deployment)).create();
        }
        awaitAll(aquifer.cluster());
    }

    @AfterAll
    static void end(Installation aquifer) {
        List<String> words = new ArrayList<>(List.of(
                "-n",
                Installation.NAMESPACE,
                "delete",
                "service/broker",
                "configmap/application",
                "deployment/broker"));
        COMMANDS.keySet().forEach(name -> words.add("deployment/" + name));
        aquifer.cluster().kubectl(words.toArray(String[]::new));
        aquifer.apply("shared-volume.yaml");
    }

    @Test
    void aWorkerReadsWhatTheOrchestratorSetUpAndWritesItsScratchAlone() {
        ask("setup", "example");

        JsonNode answer = ask("run", "first");

        assertThat(answer.path("configuration").asText()).contains("software = ");
        assertThat(answer.path("software").asText()).isEqualTo("environment of example");
        assertThat(answer.path("results")).isEmpty();
        assertThat(answer.path("writes")).extracting(JsonNode::asText).containsExactly("scratch");
    }

    @Test
    void aResultReachesTheApiOnlyWhereTheScratchIsShared() {
        ask("setup", "example");
        ask("run", "own");
        assertThatThrownBy(() -> ask("handle_result", "own")).hasMessageContaining("FileNotFoundError");

        cluster.kubectl(
                "-n",
                Installation.NAMESPACE,
                "patch",
                "sharedvolume",
                "ref",
                "--type=json",
                "-p",
                "[{\"op\":\"replace\",\"path\":\"/spec/roles/1/paths/1\","
                        + "\"value\":{\"path\":\"scratch\",\"access\":\"ReadWrite\"}}]");
        await().atMost(Duration.ofMinutes(2)).until(() -> !Pods.hasScratch(aquifer));
        cluster.kubectl("-n", Installation.NAMESPACE, "rollout", "restart", "deployment/worker");
        awaitAll(cluster);

        assertThat(ask("run", "shared").path("results")).isEmpty();
        ask("handle_result", "shared");
        assertThat(python("print(open('/ref/results/shared/result').read())")).isEqualTo("of shared");
    }

    private static List<String> celery(String queue) {
        return List.of(PYTHON, "-m", "celery", "-A", "tasks", "worker", "--pool", "solo", "--queues", queue);
    }

    private static List<Deployment> deployments(Installation aquifer) throws IOException {
        String manifest = Installation.example("workloads.yaml");
        return aquifer
                .client()
                .load(new ByteArrayInputStream(manifest.getBytes(StandardCharsets.UTF_8)))
                .items()
                .stream()
                .filter(Deployment.class::isInstance)
                .map(Deployment.class::cast)
                .toList();
    }

    /** The example's Deployment with the application in place of busybox. */
    private static Deployment running(Deployment deployment) {
        return new DeploymentBuilder(deployment)
                .editSpec()
                .editTemplate()
                .editSpec()
                .withTerminationGracePeriodSeconds(1L)
                .editFirstContainer()
                .withImage("programs:1")
                .withImagePullPolicy("Never")
                .withCommand(COMMANDS.get(deployment.getMetadata().getName()))
                .addNewEnv()
                .withName("BROKER")
                .withValue("redis://broker:6379/0")
                .endEnv()
                .addNewEnv()
                .withName("PYTHONPATH")
                .withValue("/application")
                .endEnv()
                .addNewVolumeMount()
                .withName("application")
                .withMountPath("/application")
                .endVolumeMount()
                .endContainer()
                .addNewVolume()
                .withName("application")
                .withNewConfigMap()
                .withName("application")
                .endConfigMap()
                .endVolume()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }

    private static void awaitAll(Cluster cluster) {
        for (String name : List.of("broker", "api", "worker", "orchestrator")) {
            cluster.kubectl("-n", Installation.NAMESPACE, "rollout", "status", "deployment/" + name, "--timeout=180s");
        }
    }

    /** Sends a task from the api's pod, and waits for what it returns. */
    private JsonNode ask(String task, String name) {
        String answer = python(
                "import json, tasks; print(json.dumps(tasks.%s.delay('%s').get(timeout=90)))".formatted(task, name));
        return Serialization.unmarshal(answer.lines().toList().getLast(), JsonNode.class);
    }

    private String python(String program) {
        return cluster.kubectl("-n", Installation.NAMESPACE, "exec", "deployment/api", "--", PYTHON, "-c", program)
                .strip();
    }
}
