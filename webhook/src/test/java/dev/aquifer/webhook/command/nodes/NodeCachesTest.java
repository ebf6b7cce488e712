package dev.aquifer.webhook.command.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.webhook.command.Installation;
import dev.aquifer.webhook.command.Manifest;
import dev.aquifer.webhook.command.nodes.NodeCache.Held;
import dev.aquifer.webhook.command.nodes.NodeCache.Stand;
import dev.aquifer.webhook.rest.ApiException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NodeCachesTest {
    private static final String AGENTS = """
        apiVersion: v1
        kind: Pod
        metadata:
          name: aquifer-node-b
          namespace: aquifer
          labels: {app.kubernetes.io/name: aquifer, app.kubernetes.io/component: node}
        spec: {nodeName: b}
        status: {conditions: [{type: Ready, status: "True"}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata:
          name: aquifer-node-a
          namespace: aquifer
          labels: {app.kubernetes.io/name: aquifer, app.kubernetes.io/component: node}
        spec: {nodeName: a}
        status: {conditions: [{type: Ready, status: "True"}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata:
          name: aquifer-node-c
          namespace: aquifer
          labels: {app.kubernetes.io/name: aquifer, app.kubernetes.io/component: node}
        spec: {nodeName: c}
        status: {conditions: [{type: Ready, status: "False"}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: another, namespace: aquifer, labels: {app.kubernetes.io/name: aquifer}}
        spec: {nodeName: a}
        """;

    private static final String STATUS = """
        {"usedBytes": 2200, "datasets": [
          {"id": "11", "name": "team-a/maps", "state": "filling", "usedBytes": 0,
           "fill": {"percent": 40, "doneBytes": 700}},
          {"id": "22", "name": "climate/ref", "state": "ready", "usedBytes": 1500,
           "snapshots": [{"id": "aa"}, {"id": "bb", "damaged": "one/file"}]},
          {"id": "33", "name": "lab/raw", "state": "refused", "refused": {"code": "QUOTA", "message": "too large"}}]}
        """;

    /** Some lines of what an agent answers. */
    private static final String METRICS = """
        # HELP aquifer_node_cache_bytes Bytes that the cache takes
        # TYPE aquifer_node_cache_bytes gauge
        aquifer_node_cache_bytes 1.5E9
        aquifer_node_cache_quota_bytes 2.147483648E11
        aquifer_node_cache_free_bytes 7000000.0
        aquifer_node_cache_verity_missing 1.0
        aquifer_node_certificate_expiry_timestamp_seconds 1.7672256E9
        aquifer_node_datasets{state="filling"} 1.0
        aquifer_node_datasets{state="ready"} 3.0
        aquifer_node_datasets{state="refreshing"} 1.0
        aquifer_node_datasets{state="refused"} 2.0
        aquifer_node_fill_bytes 4096.0
        aquifer_node_fill_bytes_per_second 512.0
        aquifer_node_fill_done_bytes 1024.0
        aquifer_node_stale_seconds NaN
        no measure
        """;

    private static final Stand STAND =
            new Stand(4, 2, 2, 1_500_000_000L, 214_748_364_800L, 7_000_000L, true, 1_767_225_600L, 4096, 1024, 512);

    @Test
    void saysWhatEachNodesAgentMeasures() {
        assertThat(caches(() -> {
                            throw new AssertionError("nobody asked for datasets");
                        })
                        .look())
                .containsExactly(
                        new NodeCache("a", true, STAND, List.of(), null),
                        NodeCache.silent("b", true, "no answer of the pod"),
                        NodeCache.silent("c", false, "its agent is not ready"));
    }

    @Test
    void asksNoPodThatATenantHasLabelledSo() {
        String tenants = agents(1).replace("namespace: aquifer", "namespace: lab");

        assertThat(caches(AGENTS + "---\n" + tenants + Installation.calledIn("aquifer"), () -> STATUS)
                        .look())
                .extracting(NodeCache::node)
                .containsExactly("a", "b", "c");
    }

    @Test
    void saysOfAnAgentWithoutItWhatItDoesNotKnow() {
        String unknown = METRICS.replace("free_bytes 7000000.0", "free_bytes NaN");
        assertThat(Stand.parse(unknown).freeBytes()).isNull();
    }

    @Test
    void saysThatWhoAsksMayNotAskAgents() {
        NodeCaches caches = new NodeCaches(Manifest.of(agents(1)), new Agents() {
            @Override
            public String metrics(String namespace, String pod) {
                throw new ApiException(ApiException.FORBIDDEN, "cannot get resource \"pods/proxy\"");
            }

            @Override
            public String status(String namespace, String pod) {
                throw new AssertionError("nobody asked for datasets");
            }
        });
        assertThat(caches.look()).containsExactly(NodeCache.silent("node-0", true, NodeCaches.UNASKED));
    }

    @Test
    void saysHowFarEachDatasetOfANodeIs() {
        assertThat(caches(() -> STATUS).lookInside().getFirst().datasets())
                .containsExactly(
                        new Held("climate/ref", "ready", 0, 1500, "damaged: one/file"),
                        new Held("lab/raw", "refused", 0, 0, "too large"),
                        new Held("team-a/maps", "filling", 40, 700, null));
    }

    @Test
    void saysWhyDatasetsAreNotKnownBesideWhatIs() {
        assertThat(why(() -> {
                    throw new ApiException(ApiException.FORBIDDEN, "HTTP status 403");
                }))
                .isEqualTo("you may not run commands in agents (get and create pods/exec)");
        assertThat(why(() -> {
                    throw new ApiException(ApiException.NONE, "no answer within 10 s");
                }))
                .isEqualTo("no answer within 10 s");
        for (String unknown : List.of("<html>", "", "{}", "[]")) {
            assertThat(why(() -> unknown)).isEqualTo("what its agent says of itself cannot be read");
        }
    }

    @Test
    void asksNoFurtherNodeOnceItMayNot() {
        AtomicInteger asked = new AtomicInteger();
        NodeCaches caches = new NodeCaches(Manifest.of(agents(200)), new Agents() {
            @Override
            public String metrics(String namespace, String pod) {
                return METRICS;
            }

            @Override
            public String status(String namespace, String pod) {
                asked.incrementAndGet();
                throw new ApiException(ApiException.FORBIDDEN, "HTTP status 403");
            }
        });

        assertThat(caches.lookInside())
                .hasSize(200)
                .allSatisfy(cache -> assertThat(cache.message()).startsWith("you may not run commands"));
        assertThat(asked).hasValueBetween(1, 16);
    }

    private static String agents(int count) {
        return IntStream.range(0, count).mapToObj("""
                    apiVersion: v1
                    kind: Pod
                    metadata:
                      name: agent-%1$d
                      namespace: aquifer
                      labels: {app.kubernetes.io/name: aquifer, app.kubernetes.io/component: node}
                    spec: {nodeName: node-%1$d}
                    status: {conditions: [{type: Ready, status: "True"}]}
                    """::formatted).collect(Collectors.joining("---\n"));
    }

    /** Why a node's datasets are not known, beside what is. */
    private static @Nullable String why(Supplier<String> status) {
        NodeCache cache = caches(status).lookInside().getFirst();
        assertThat(cache).isEqualTo(new NodeCache("a", true, STAND, List.of(), cache.message()));
        return cache.message();
    }

    private static NodeCaches caches(Supplier<String> status) {
        return caches(AGENTS, status);
    }

    private static NodeCaches caches(String objects, Supplier<String> status) {
        return new NodeCaches(Manifest.of(objects), new Agents() {
            @Override
            public String metrics(String namespace, String pod) {
                if (pod.equals("aquifer-node-b")) {
                    throw new ApiException(503, "no answer of the pod");
                }
                assertThat(namespace + "/" + pod).isEqualTo("aquifer/aquifer-node-a");
                return METRICS;
            }

            @Override
            public String status(String namespace, String pod) {
                return status.get();
            }
        });
    }
}
