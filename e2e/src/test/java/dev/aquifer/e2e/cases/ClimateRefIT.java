package dev.aquifer.e2e.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aquifer.e2e.Installation;
import dev.aquifer.e2e.NeedsRoot;
import dev.aquifer.e2e.OnInstallation;
import dev.aquifer.e2e.Pods;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Case 1, climate-ref: what each container of each role can read and write, asked inside the containers. */
@NeedsRoot
@ExtendWith(OnInstallation.class)
class ClimateRefIT {
    private static final List<String> COMPONENTS = List.of("api", "worker", "orchestrator", "migrate");
    private static final Map<String, Map<String, String>> CASE = Map.of(
            "api", paths("RO", "RO", "hidden", "RO", "hidden"),
            "worker", paths("RO", "RO", "own", "hidden", "hidden"),
            "orchestrator", paths("RO", "RW", "RW", "RW", "RW"),
            "migrate", paths("RO", "hidden", "hidden", "hidden", "hidden"));

    private final Installation aquifer;

    ClimateRefIT(Installation aquifer) {
        this.aquifer = aquifer;
    }

    @AfterEach
    void removeTheWorkloads() {
        aquifer.cluster()
                .kubectl(
                        "-n",
                        Installation.NAMESPACE,
                        "delete",
                        "--ignore-not-found",
                        "--grace-period=0",
                        "--force",
                        "deployment/api",
                        "deployment/worker",
                        "deployment/orchestrator",
                        "job/migrate");
        // the garbage collector takes them some moments later, and until then they look like those of the next test
        await().atMost(Duration.ofMinutes(3))
                .until(() -> COMPONENTS.stream()
                        .allMatch(component -> running(component).isEmpty()));
    }

    @ParameterizedTest(name = "as user {0}")
    @ValueSource(ints = {0, 1000})
    void eachRoleSeesItsPathsAndNoOther(int user) throws IOException {
        start(user);

        assertThat(found()).isEqualTo(CASE);
    }

    @Test
    void eachRoleSeesTheSameFromTheCacheOfItsNode() throws IOException {
        aquifer.cluster()
                .kubectlOn(
                        Installation.example("shared-volume.yaml")
                                .replace("  mountPath: /ref\n", "  mountPath: /ref\n  readPath: Cached\n"),
                        "apply",
                        "-f",
                        "-");
        try {
            aquifer.cluster()
                    .kubectl(
                            "-n",
                            Installation.NAMESPACE,
                            "wait",
                            "--for=condition=Cached",
                            "sharedvolume/ref",
                            "--timeout=120s");
            Pods.awaitInjection(aquifer);
            start(1000);

            assertThat(found()).isEqualTo(CASE);
            // what a role writes into is never a copy: the orchestrator has the source itself
            for (String component : List.of("api", "worker", "migrate")) {
                assertThat(exec(component, "grep ' /ref ' /proc/self/mountinfo"))
                        .as("what %s has at /ref", component)
                        .contains("/snapshots/");
            }
            exec("orchestrator", "echo 2 > /ref/software/tool");
            assertThat(exec("worker", "cat /ref/software/tool")).isEqualTo("2");
        } finally {
            aquifer.apply("shared-volume.yaml");
            Pods.awaitInjection(aquifer);
        }
    }

    @Test
    void theLooserLayoutIsOneMountThatAllWrite() throws IOException {
        aquifer.apply("one-mount.yaml");
        try {
            awaitRole("everything");
            start(1000);

            assertThat(found().values())
                    .hasSize(COMPONENTS.size())
                    .allMatch(paths("RW", "RW", "RW", "RW", "RW")::equals);
        } finally {
            aquifer.apply("shared-volume.yaml");
            awaitRole("worker");
        }
    }

    @Test
    void whatTheOrchestratorWritesReachesTheApi() throws IOException {
        start(1000);

        exec("orchestrator", "echo done > /ref/results/run-1");

        assertThat(exec("api", "cat /ref/results/run-1")).contains("done");
    }

    @Test
    void theDoctorWarnsOfTheScratchThatTheOrchestratorCannotSee() throws IOException {
        start(1000);
        exec("worker", "echo made > /ref/scratch/result");

        assertThat(exec("orchestrator", "ls /ref/scratch")).doesNotContain("result");
        assertThat(new Doctor(aquifer.cluster()).findings(Installation.NAMESPACE + "/ref"))
                .filteredOn(finding -> !finding.startsWith("warning boundary: "))
                .singleElement()
                .asString()
                .startsWith("warning roles: path scratch is Scratch for role worker")
                .contains("ReadWrite for role orchestrator");
    }

    @Test
    void aScratchThatIsSharedIsWhatTheOrchestratorCopiesResultsFrom() throws IOException {
        aquifer.cluster()
                .kubectlOn(
                        Installation.example("shared-volume.yaml")
                                .replace("access: Scratch, sizeLimit: 64Mi", "access: ReadWrite"),
                        "apply",
                        "-f",
                        "-");
        try {
            awaitScratch(false);
            start(1000);

            exec("worker", "mkdir /ref/scratch/run-2 && echo made > /ref/scratch/run-2/result");
            exec("orchestrator", "cp -r /ref/scratch/run-2 /ref/results/");

            assertThat(exec("api", "cat /ref/results/run-2/result")).isEqualTo("made");
            assertThat(exec("worker", "ls /ref/results")).isEmpty();
            assertThat(new Doctor(aquifer.cluster()).findings(Installation.NAMESPACE + "/ref"))
                    .noneMatch(finding -> finding.contains("roles: "));
        } finally {
            aquifer.apply("shared-volume.yaml");
            awaitScratch(true);
        }
    }

    @Test
    void aWorkerThatOverfillsItsScratchIsEvicted() throws IOException {
        start(1000);

        exec("worker", "dd if=/dev/zero of=/ref/scratch/big bs=1048576 count=96 2>/dev/null");

        await().atMost(Duration.ofMinutes(2))
                .until(() -> running("worker").stream()
                        .anyMatch(pod -> "Evicted".equals(pod.getStatus().getReason())));
    }

    /** Waits until admission knows the volume as it is now: that is its default role. */
    private void awaitRole(String role) {
        await().atMost(Duration.ofMinutes(2))
                .ignoreExceptions()
                .until(() -> String.valueOf(aquifer.client()
                                .resource(Pods.asking("known").build())
                                .dryRun()
                                .create()
                                .getMetadata()
                                .getAnnotations()
                                .get("aquifer.dev/injected"))
                        .contains("\"role\":\"%s\"".formatted(role)));
    }

    /** Waits until a worker would get a scratch of its own, or none. */
    private void awaitScratch(boolean own) {
        await().atMost(Duration.ofMinutes(2)).ignoreExceptions().until(() -> Pods.hasScratch(aquifer) == own);
    }

    /** What each path is in each component's pod. */
    private Map<String, Map<String, String>> found() throws IOException {
        Map<String, Map<String, String>> found = new TreeMap<>();
        for (String component : COMPONENTS) {
            Map<String, String> paths = new TreeMap<>();
            paths.put("/ref", probe(component, "/ref", "ref.toml"));
            for (String path : List.of("software", "scratch", "results", "log")) {
                paths.put("/ref/" + path, probe(component, "/ref/" + path, "marker"));
            }
            paths.put("/tmp", probe(component, "/tmp", "none"));
            found.put(component, paths);
        }
        return found;
    }

    private static Map<String, String> paths(String root, String software, String scratch, String results, String log) {
        return Map.of(
                "/ref", root,
                "/ref/software", software,
                "/ref/scratch", scratch,
                "/ref/results", results,
                "/ref/log", log,
                "/tmp", "own");
    }

    private void start(int user) throws IOException {
        Path manifest = Files.createTempFile("workloads", ".yaml");
        Files.writeString(
                manifest, Installation.example("workloads.yaml").replace("runAsUser: 1000", "runAsUser: " + user));
        aquifer.cluster().kubectl("apply", "-f", manifest.toString());
        Files.delete(manifest);
        await().atMost(Duration.ofMinutes(3))
                .untilAsserted(() -> assertThat(COMPONENTS)
                        .allSatisfy(component -> assertThat(running(component))
                                .hasSize(1)
                                .allSatisfy(pod ->
                                        assertThat(pod.getStatus().getPhase()).isEqualTo("Running"))));
    }

    /** Those that nobody has deleted. */
    private List<Pod> running(String component) {
        return aquifer
                .client()
                .pods()
                .inNamespace(Installation.NAMESPACE)
                .withLabel(Pods.COMPONENT, component)
                .list()
                .getItems()
                .stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .toList();
    }

    private String probe(String component, String path, String marker) throws IOException {
        return exec(component, Files.readString(Path.of("lib/probe")), path, marker);
    }

    private String exec(String component, String script, String... arguments) {
        String pod = running(component).getFirst().getMetadata().getName();
        var words =
                new ArrayList<>(List.of("-n", Installation.NAMESPACE, "exec", pod, "--", "sh", "-c", script, "probe"));
        words.addAll(List.of(arguments));
        return aquifer.cluster().kubectl(words.toArray(String[]::new)).strip();
    }
}
