package dev.aquifer.webhook.command.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.webhook.command.Installation;
import dev.aquifer.webhook.command.Manifest;
import dev.aquifer.webhook.command.lookup.KubernetesObjects;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgentsCheckTest {
    private static final String AGENTS = """
            ---
            apiVersion: apps/v1
            kind: DaemonSet
            metadata:
              name: aquifer-node
              namespace: aquifer
              labels: {app.kubernetes.io/name: aquifer, app.kubernetes.io/component: node}
            status: {desiredNumberScheduled: 1, numberReady: 1}
            """;
    private static final String CACHED = """
            ---
            apiVersion: aquifer.dev/v1alpha1
            kind: SharedVolume
            metadata: {name: ref, namespace: owner}
            spec: {source: {persistentVolumeClaim: {claimName: data}}, mountPath: /ref, readPath: Cached}
            """;
    private static final String GPU = "taints: [{key: gpu, effect: NoSchedule}]";

    @Test
    void warnsOfATaintedNodeThatTheDaemonSetDoesNotCount() {
        assertThat(found(AGENTS + CACHED + node("plain", "") + agent("plain", "Running") + node("tainted", GPU)))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.severity()).isEqualTo(Severity.WARNING);
                    assertThat(finding.subject()).isEqualTo("nodes tainted");
                    assertThat(finding.remedy()).contains("cache.tolerations", "cache.nodeSelector");
                });
    }

    @Test
    void isContentWhereEachNodeHasOne() {
        assertThat(found(AGENTS + CACHED + node("tainted", GPU) + agent("tainted", "Running")))
                .containsExactly(Finding.ok("agents", "nodes", "1 of 1 have an agent"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Failed", "Pending"})
    void takesAnAgentThatDoesNotRunForNone(String phase) {
        assertThat(found(AGENTS + CACHED + node("a", "") + agent("a", phase)))
                .singleElement()
                .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Severity.WARNING));
    }

    @Test
    void takesPodsOfOthersWithTheSameLabelsForNoAgents() {
        String others = agent("a", "Running").replace("namespace: aquifer", "namespace: lab");
        assertThat(found(AGENTS + CACHED + node("a", "") + others))
                .singleElement()
                .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Severity.WARNING));
    }

    @Test
    void takesADaemonSetOfOthersWithTheSameLabelsForNone() {
        String others = (AGENTS + agent("a", "Running")).replace("namespace: aquifer", "namespace: lab");
        assertThat(found(others + CACHED + node("a", "") + Installation.calledIn("aquifer")))
                .containsExactly(Finding.ok("agents", "node agents", "none is installed"));
    }

    @Test
    void namesFiveNodesAndSaysHowManyMore() {
        String nodes = IntStream.range(0, 7).mapToObj(i -> node("n" + i, GPU)).collect(Collectors.joining());
        assertThat(found(AGENTS + CACHED + nodes))
                .extracting(Finding::subject)
                .containsExactly("nodes n0, n1, n2, n3, n4 and 2 more");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "taints: [{key: node-role.kubernetes.io/control-plane, effect: NoSchedule}]",
                "unschedulable: true",
            })
    void saysOfNodesThatTakeNoPodsThatTheyHaveNone(String spec) {
        assertThat(found(AGENTS + CACHED + node("kept", spec)))
                .containsExactly(Finding.ok(
                        "agents", "nodes kept", "they have no agent, and pods of tenants do not come to them"));
    }

    @Test
    void warnsOfNothingWhereNoVolumeIsCached() {
        assertThat(found(AGENTS + node("a", GPU)))
                .containsExactly(Finding.ok("agents", "nodes a", "they have no agent, and no volume is cached"));
    }

    @Test
    void looksAtNodesOfLinuxOnly() {
        String windows = node("w", "").replace("linux", "windows");
        assertThat(found(AGENTS + CACHED + windows))
                .extracting(Finding::severity)
                .containsExactly(Severity.OK);
    }

    @Test
    void saysThatThereAreNoAgents() {
        assertThat(found(CACHED + node("a", "")))
                .containsExactly(Finding.ok("agents", "node agents", "none is installed"));
    }

    @Test
    void isSkippedForWhoeverMayNotListTheAgentsPods() {
        KubernetesObjects all = Manifest.of(AGENTS + CACHED + node("a", ""));

        assertThat(Checkup.run(List.of(new AgentsCheck(new WithoutPods(all)))))
                .singleElement()
                .satisfies(skipped -> assertThat(skipped.message()).endsWith("need not have: agents"));
    }

    private static List<Finding> found(String yaml) {
        return new AgentsCheck(Manifest.of(yaml)).run();
    }

    private static String node(String name, String spec) {
        return """
                ---
                apiVersion: v1
                kind: Node
                metadata: {name: %s}
                spec: {%s}
                status: {nodeInfo: {operatingSystem: linux}}
                """.formatted(name, spec);
    }

    private static String agent(String node, String phase) {
        return """
                ---
                apiVersion: v1
                kind: Pod
                metadata:
                  name: aquifer-node-%1$s
                  namespace: aquifer
                  labels: {app.kubernetes.io/name: aquifer, app.kubernetes.io/component: node}
                spec: {nodeName: %1$s}
                status: {phase: %2$s}
                """.formatted(node, phase);
    }
}
