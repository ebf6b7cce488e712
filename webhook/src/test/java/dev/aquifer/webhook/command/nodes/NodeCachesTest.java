package dev.aquifer.webhook.command.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.webhook.command.Manifest;
import dev.aquifer.webhook.command.nodes.NodeCache.Stand;
import dev.aquifer.webhook.rest.ApiException;
import java.util.List;
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

    /** Some lines of what an agent answers. */
    private static final String METRICS = """
        # HELP aquifer_node_cache_bytes Bytes that the cache takes
        # TYPE aquifer_node_cache_bytes gauge
        aquifer_node_cache_bytes 1.5E9
        aquifer_node_cache_quota_bytes 2.147483648E11
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

    @Test
    void saysWhatEachNodesAgentMeasures() {
        List<NodeCache> caches = new NodeCaches(Manifest.of(AGENTS), path -> {
                    if (path.equals("/api/v1/namespaces/aquifer/pods/aquifer-node-b:9090/proxy/metrics")) {
                        throw new ApiException(503, "no answer of the pod");
                    }
                    assertThat(path).isEqualTo("/api/v1/namespaces/aquifer/pods/aquifer-node-a:9090/proxy/metrics");
                    return METRICS;
                })
                .look();

        assertThat(caches)
                .containsExactly(
                        new NodeCache(
                                "a", true, new Stand(4, 2, 2, 1_500_000_000L, 214_748_364_800L, 4096, 1024, 512), null),
                        new NodeCache("b", true, null, "no answer of the pod"),
                        new NodeCache("c", false, null, "its agent is not ready"));
    }
}
