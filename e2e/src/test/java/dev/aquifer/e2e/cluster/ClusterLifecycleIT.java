package dev.aquifer.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.aquifer.e2e.Cluster;
import dev.aquifer.e2e.Command;
import dev.aquifer.e2e.NeedsRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A cluster comes from nothing, keeps to itself and leaves nothing, whatever happens to the command that started it. */
class ClusterLifecycleIT {

    @Nested
    class AControlPlane {

        @Test
        void answersAndGoesWithoutRoot() {
            try (var cluster = Cluster.named("plane")) {
                cluster.up("--control-plane");

                assertThat(cluster.kubectl("get", "--raw", "/readyz")).isEqualTo("ok");
                assertThat(cluster.kubectl("get", "serviceaccount", "default", "--output=name"))
                        .contains("serviceaccount/default");
            }
        }

        @Test
        void takesArgumentsForItsApiServer() {
            try (var cluster = Cluster.named("plane-args")) {
                cluster.up("--control-plane", "--api-server-arg", "--event-ttl=90m");

                assertThat(cluster.kubectl("get", "--raw", "/flagz")).containsPattern("event-ttl\\W+1h30m0s");
                assertThatThrownBy(() -> cluster.up("--control-plane", "--api-server-arg", "--event-ttl=80m"))
                        .hasMessageContaining("other arguments of its API server")
                        .hasMessageContaining("take it down first");
            }
        }

        @Test
        void canBeWorkedWithByItsContextAsAnyOtherCluster() throws IOException {
            try (var cluster = Cluster.named("foreign").up("--control-plane")) {
                assertThat(inContext(cluster, "status")).contains("is running at");
                assertThat(inContext(cluster, "kubectl", "get", "--raw", "/readyz"))
                        .isEqualTo("ok");
                Path kubeconfig = Path.of(inContext(cluster, "kubeconfig").strip());
                assertThat(kubeconfig).content().contains("client-key-data");
                Files.delete(kubeconfig);
                assertThat(inContext(cluster, "down")).contains("is left as it is");
                assertThatThrownBy(() -> inContext(cluster, "install"))
                        .hasMessageContaining("only kind clusters can be loaded from here");
                assertThat(cluster.kubectl("get", "--raw", "/readyz")).isEqualTo("ok");
            }
        }

        private static String inContext(Cluster cluster, String... words) {
            List<String> all = new ArrayList<>(List.of("env", "KUBECONFIG=" + cluster.kubeconfig()));
            all.addAll(
                    List.of(Path.of("cluster").toAbsolutePath().toString(), "--context", "aquifer-" + cluster.name()));
            all.addAll(List.of(words));
            return new Command(all, Duration.ofMinutes(2)).run();
        }

        @Test
        void saysWhatToDoWhenAnotherShapeIsUp() {
            try (var cluster = Cluster.named("shape").up("--control-plane")) {
                assertThatThrownBy(() -> cluster.up("--nodes", "1"))
                        .hasMessageContaining("is up as a control plane")
                        .hasMessageContaining("take it down first");
            }
        }

        @Test
        void goesWithTheNextStartOnceTheProcessItIsForIsGone() {
            Process keeper = Command.of("sleep", "3600").start();
            try (var orphan = Cluster.named("orphan").upFor(keeper.toHandle(), "--control-plane");
                    var kept = Cluster.named("kept").up("--control-plane");
                    var next = Cluster.named("next")) {
                assertThat(orphan.kubectl("get", "--raw", "/readyz")).isEqualTo("ok");
                keeper.destroyForcibly().onExit().join();

                next.up("--control-plane");

                assertThatThrownBy(() -> orphan.kubectl("get", "--raw", "/readyz"))
                        .hasMessageContaining("is not up");
                assertThat(kept.kubectl("get", "--raw", "/readyz")).isEqualTo("ok");
            } finally {
                keeper.destroyForcibly();
            }
        }
    }

    @Nested
    @NeedsRoot
    class ClustersWithNodes {

        @Test
        void leaveNothingWhenTakenDown() {
            var packetFilters = packetFilters();
            try (var cluster = Cluster.named("gone")) {
                cluster.up("--nodes", "2");
                cluster.runIdlePod("idle");
                var footprint = Footprint.of(cluster);

                assertThat(footprint.present())
                        .extracting(Footprint.Trace::kind)
                        .contains("process", "mount", "cgroup", "link", "folder");
                assertThat(footprint.networks())
                        .as("networks of the control plane, two nodes and at least a pod")
                        .hasSizeGreaterThan(3);

                cluster.down();

                assertNothingIsLeft(footprint);
                assertThat(packetFilters()).isEqualTo(packetFilters);
            }
        }

        /** Each file is made by another stage of the start. */
        @ParameterizedTest
        @ValueSource(strings = {"settings", "run/first.pid", "node1/containerd.toml", "log/node1-kubelet.log"})
        void leaveNothingWhenTheirStartIsKilledHalfWay(String stage) throws Exception {
            try (var cluster = Cluster.named("killed")) {
                var up = cluster.command("up").start();
                try {
                    var file = Path.of("/var/tmp/aquifer-0", cluster.name(), stage);
                    await().atMost(Duration.ofMinutes(40))
                            .pollInterval(Duration.ofMillis(5))
                            .until(() -> Files.exists(file));
                } finally {
                    up.destroyForcibly().waitFor();
                }
                var footprint = Footprint.of(cluster);

                cluster.down();

                assertNothingIsLeft(footprint);
            }
        }

        @Test
        void doNotMeetEachOther() {
            try (var one = Cluster.named("one").up();
                    var other = Cluster.named("other").up()) {
                one.runIdlePod("idle");
                other.runIdlePod("idle");

                assertThat(Footprint.of(one).links())
                        .isNotEmpty()
                        .doesNotContainAnyElementsOf(Footprint.of(other).links());
                assertThat(Footprint.of(one).networks())
                        .isNotEmpty()
                        .doesNotContainAnyElementsOf(Footprint.of(other).networks());

                one.down();

                assertThat(other.kubectl("exec", "idle", "--", "echo", "still here"))
                        .contains("still here");
                assertThat(other.kubectl(
                                "get", "pod", "idle", "--output=jsonpath={.status.containerStatuses[0].restartCount}"))
                        .isEqualTo("0");
            }
        }

        private void assertNothingIsLeft(Footprint footprint) {
            await().atMost(Duration.ofSeconds(5))
                    .untilAsserted(() -> assertThat(footprint.present()).isEmpty());
        }

        private String packetFilters() {
            return Command.of("nft", "list", "tables").run();
        }
    }
}
