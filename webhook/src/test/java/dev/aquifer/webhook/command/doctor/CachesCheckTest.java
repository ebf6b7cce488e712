package dev.aquifer.webhook.command.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.webhook.command.Manifest;
import dev.aquifer.webhook.command.lookup.KubernetesObjects;
import dev.aquifer.webhook.command.nodes.Agents;
import dev.aquifer.webhook.command.nodes.NodeCaches;
import dev.aquifer.webhook.rest.ApiException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class CachesCheckTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final String INSTALLED = """
            apiVersion: apps/v1
            kind: DaemonSet
            metadata:
              name: aquifer-node
              namespace: aquifer
              labels: {app.kubernetes.io/name: aquifer, app.kubernetes.io/component: node}
            """;
    private static final String AGENT = """
            ---
            apiVersion: v1
            kind: Pod
            metadata:
              name: aquifer-node-a
              namespace: aquifer
              labels: {app.kubernetes.io/name: aquifer, app.kubernetes.io/component: node}
            spec: {nodeName: a}
            status: {conditions: [{type: Ready, status: "True"}]}
            """;

    @Test
    void isContentWithRoom() {
        assertThat(found(INSTALLED + AGENT, () -> metrics(80, 50)))
                .containsExactly(Finding.ok("caches", "node agents", "1 caches are as they should be"));
    }

    @Test
    void warnsOfAQuotaThatIsNearlyReached() {
        assertThat(found(INSTALLED + AGENT, () -> metrics(96, 500)))
                .singleElement()
                .satisfies(full -> {
                    assertThat(full.severity()).isEqualTo(Severity.WARNING);
                    assertThat(full.subject()).isEqualTo("node a");
                    assertThat(full.message()).contains("96.0 GiB of its quota of 100.0 GiB");
                    assertThat(full.remedy()).contains("cache.quota");
                });
    }

    @Test
    void warnsOfAFileSystemThatIsNearlyFull() {
        assertThat(found(INSTALLED + AGENT, () -> metrics(10, 4)))
                .singleElement()
                .satisfies(full -> {
                    assertThat(full.severity()).isEqualTo(Severity.WARNING);
                    assertThat(full.message()).contains("4.0 GiB free", "90.0 GiB more");
                });
    }

    @Test
    void takesNoWordOfTheFileSystemForNoWarning() {
        assertThat(found(INSTALLED + AGENT, () -> "aquifer_node_cache_quota_bytes 1.0E9\n"))
                .extracting(Finding::severity)
                .containsExactly(Severity.OK);
    }

    @Test
    void warnsOfAFileSystemWithoutVerity() {
        assertThat(found(INSTALLED + AGENT, () -> metrics(10, 50) + "aquifer_node_cache_verity_missing 1.0\n"))
                .singleElement()
                .satisfies(lacking -> {
                    assertThat(lacking.severity()).isEqualTo(Severity.WARNING);
                    assertThat(lacking.subject()).isEqualTo("node a");
                    assertThat(lacking.message()).contains("cache.fsVerity asks for");
                });
        assertThat(found(INSTALLED + AGENT, () -> metrics(10, 50) + "aquifer_node_cache_verity_missing 0.0\n"))
                .extracting(Finding::severity)
                .containsExactly(Severity.OK);
    }

    @Test
    void warnsOfACertificateThatWasNotRenewed() {
        assertThat(found(INSTALLED + AGENT, () -> metrics(10, 50) + certificate(NOW.plusSeconds(3599))))
                .singleElement()
                .satisfies(late -> {
                    assertThat(late.severity()).isEqualTo(Severity.WARNING);
                    assertThat(late.subject()).isEqualTo("node a");
                    assertThat(late.message()).contains("found one that ends at 2026-01-01T00:59:59Z");
                });
        assertThat(found(INSTALLED + AGENT, () -> metrics(10, 50) + certificate(NOW.plusSeconds(3601))))
                .extracting(Finding::severity)
                .containsExactly(Severity.OK);
    }

    @Test
    void warnsOfAnAgentThatHasNoCertificate() {
        assertThat(found(INSTALLED + AGENT, () -> metrics(10, 50) + certificate(Instant.EPOCH)))
                .singleElement()
                .satisfies(none -> {
                    assertThat(none.severity()).isEqualTo(Severity.WARNING);
                    assertThat(none.message()).contains("found none yet");
                });
    }

    @Test
    void saysWhichAgentIsSilent() {
        assertThat(found(INSTALLED + AGENT, () -> {
                    throw new ApiException(503, "no answer of the pod");
                }))
                .singleElement()
                .satisfies(silent -> {
                    assertThat(silent.subject()).isEqualTo("node a");
                    assertThat(silent.message()).endsWith("no answer of the pod");
                });
    }

    @Test
    void leavesAgentsThatAreNotReadyToTheOtherCheck() {
        String starting = AGENT.replace("\"True\"", "\"False\"");
        assertThat(found(INSTALLED + starting, () -> metrics(99, 1)))
                .extracting(Finding::severity)
                .containsExactly(Severity.OK);
    }

    @Test
    void isSkippedForWhoeverMayNotAskAgents() {
        Supplier<String> refused = () -> {
            throw new ApiException(ApiException.FORBIDDEN, "no");
        };
        KubernetesObjects agent = Manifest.of(INSTALLED + AGENT);
        for (KubernetesObjects seen : List.of(agent, new WithoutPods(agent))) {
            assertThat(Checkup.run(List.of(check(seen, refused))))
                    .singleElement()
                    .satisfies(skipped -> assertThat(skipped.message()).endsWith("need not have: caches"));
        }
    }

    @Test
    void isContentWhereNoNodeHasAnAgentYet() {
        assertThat(found(INSTALLED, () -> metrics(0, 0)))
                .extracting(Finding::severity)
                .containsExactly(Severity.OK);
    }

    @Test
    void saysWhichAgentAloneRefusesToAnswer() {
        String another = AGENT.replace("aquifer-node-a", "aquifer-node-b").replace("nodeName: a", "nodeName: b");
        AtomicBoolean asked = new AtomicBoolean();
        assertThat(found(INSTALLED + AGENT + another, () -> {
                    if (asked.getAndSet(true)) {
                        throw new ApiException(ApiException.FORBIDDEN, "no");
                    }
                    return metrics(10, 50);
                }))
                .singleElement()
                .satisfies(silent -> assertThat(silent.severity()).isEqualTo(Severity.WARNING));
    }

    @Test
    void saysThatThereAreNoAgents() {
        assertThat(found("{apiVersion: v1, kind: Namespace, metadata: {name: a}}", () -> metrics(0, 0)))
                .containsExactly(Finding.ok("caches", "node agents", "none is installed"));
    }

    /** In GiB, of a quota of 100. */
    private static String metrics(long used, long free) {
        return """
                aquifer_node_cache_bytes %d
                aquifer_node_cache_quota_bytes %d
                aquifer_node_cache_free_bytes %d
                """.formatted(used << 30, 100L << 30, free << 30);
    }

    private static String certificate(Instant end) {
        return "aquifer_node_certificate_expiry_timestamp_seconds %s\n".formatted((double) end.getEpochSecond());
    }

    private static List<Finding> found(String yaml, Supplier<String> metrics) {
        return check(Manifest.of(yaml), metrics).run();
    }

    private static CachesCheck check(KubernetesObjects objects, Supplier<String> metrics) {
        NodeCaches caches = new NodeCaches(objects, new Agents() {
            @Override
            public String metrics(String namespace, String pod) {
                return metrics.get();
            }

            @Override
            public String status(String namespace, String pod) {
                throw new AssertionError("nobody asked for datasets");
            }
        });
        return new CachesCheck(objects, caches, Clock.fixed(NOW, ZoneOffset.UTC));
    }
}
