package dev.aquifer.e2e.installation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.e2e.CachedShare;
import dev.aquifer.e2e.Cluster;
import dev.aquifer.e2e.HostDirectory;
import dev.aquifer.e2e.Installation;
import dev.aquifer.e2e.LongRunning;
import dev.aquifer.e2e.NeedsRoot;
import dev.aquifer.e2e.OnInstallation;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the chart says of pods in owners' namespaces is what the binder's pods there run with. */
@NeedsRoot
@LongRunning
@ExtendWith(OnInstallation.class)
class OwnerPodsIT {
    private static final String OWNER = "placed-owner";
    private static final String TENANT = "placed-tenant";
    private static final CachedShare SHARE = new CachedShare(OWNER, TENANT);
    private static final String VALUES = """
        ownerPods:
          labels: {team: data}
          annotations: {note: "1"}
          env: [{name: TZ, value: Antarctica/Troll}]
          nodeSelector: {kubernetes.io/os: linux}
          tolerations: [{key: dedicated, operator: Exists}]
          affinity:
            nodeAffinity:
              preferredDuringSchedulingIgnoredDuringExecution:
                - {weight: 7, preference: {matchExpressions: [{key: disk, operator: In, values: [fast]}]}}
          topologySpreadConstraints:
            - {topologyKey: kubernetes.io/hostname, maxSkew: 3, whenUnsatisfiable: ScheduleAnyway}
          priorityClassName: placed
          resources: {limits: {memory: 1Gi}}
        """;

    @TempDir
    private static Path folder;

    @SuppressWarnings("NullAway.Init") // from the first method on
    private static HostDirectory data;

    private final Installation aquifer;

    OwnerPodsIT(Installation aquifer) {
        this.aquifer = aquifer;
    }

    @BeforeAll
    static void share(Installation aquifer) throws IOException {
        Cluster cluster = aquifer.cluster();
        cluster.kubectl("create", "priorityclass", "placed", "--value=1000");
        aquifer.installChart(
                "--values",
                Files.writeString(folder.resolve("values.yaml"), VALUES).toString());
        data = HostDirectory.make("aquifer-placed-");
        // whoever makes the directory needs no right over what is there
        Files.createDirectory(data.path().resolve("writable"));
        Files.setPosixFilePermissions(data.path().resolve("writable"), PosixFilePermissions.fromString("rwxrwxrwx"));
        String writes = "paths: [{path: /, access: ReadOnly}, {path: writable/results, access: ReadWrite}]";
        cluster.kubectlOn(
                SHARE.of(data, "").replace("paths: [{path: /, access: ReadOnly}]", writes), "apply", "-f", "-");
        cluster.kubectl("-n", OWNER, "wait", "--for=condition=Ready", "sharedvolume/ref", "--timeout=120s");
        cluster.kubectl("-n", OWNER, "wait", "--for=condition=Complete", "job", "--all", "--timeout=120s");
        cluster.kubectl("-n", OWNER, "wait", "--for=condition=Available", "deployment", "--all", "--timeout=120s");
    }

    @AfterAll
    static void remove(Installation aquifer) throws IOException {
        aquifer.installChart();
        SHARE.remove(aquifer.cluster());
        aquifer.cluster().kubectl("delete", "priorityclass", "placed");
        data.close();
    }

    @Test
    void theOriginAndTheJobThatMakesDirectoriesRunAsTheChartSays() {
        List<Pod> pods = aquifer.client().pods().inNamespace(OWNER).list().getItems();

        assertThat(pods)
                .extracting(pod -> pod.getMetadata().getGenerateName())
                .satisfiesExactlyInAnyOrder(
                        name -> assertThat(name).startsWith("aquifer-origin-"),
                        name -> assertThat(name).startsWith("aquifer-directories-"));
        assertThat(pods)
                .filteredOn(pod -> pod.getMetadata().getGenerateName().startsWith("aquifer-origin-"))
                .singleElement()
                .extracting(pod ->
                        pod.getSpec().getContainers().getFirst().getResources().getLimits())
                .isEqualTo(Map.of("memory", new Quantity("1Gi")));
        assertThat(pods).allSatisfy(pod -> {
            assertThat(pod.getMetadata().getLabels()).containsEntry("team", "data");
            assertThat(pod.getMetadata().getAnnotations())
                    .containsEntry("note", "1")
                    .containsEntry("aquifer.dev/inject", "false");
            PodSpec spec = pod.getSpec();
            assertThat(spec.getContainers().getFirst().getEnv()).contains(new EnvVar("TZ", "Antarctica/Troll", null));
            assertThat(spec.getNodeSelector()).isEqualTo(Map.of("kubernetes.io/os", "linux"));
            assertThat(spec.getTolerations()).extracting(Toleration::getKey).contains("dedicated");
            assertThat(spec.getAffinity()
                            .getNodeAffinity()
                            .getPreferredDuringSchedulingIgnoredDuringExecution()
                            .getFirst()
                            .getWeight())
                    .isEqualTo(7);
            assertThat(spec.getPriorityClassName()).isEqualTo("placed");
            assertThat(spec.getTopologySpreadConstraints())
                    .singleElement()
                    .extracting(TopologySpreadConstraint::getMaxSkew)
                    .isEqualTo(3);
            assertThat(pod.getMetadata().getLabels())
                    .as("it counts itself")
                    .containsAllEntriesOf(spec.getTopologySpreadConstraints()
                            .getFirst()
                            .getLabelSelector()
                            .getMatchLabels());
        });
    }
}
