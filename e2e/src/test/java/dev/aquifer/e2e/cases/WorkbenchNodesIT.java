package dev.aquifer.e2e.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aquifer.e2e.CachedShare;
import dev.aquifer.e2e.Cluster;
import dev.aquifer.e2e.HostDirectory;
import dev.aquifer.e2e.Installation;
import dev.aquifer.e2e.NeedsRoot;
import dev.aquifer.e2e.NodeAgents;
import dev.aquifer.e2e.OnlyInDrills;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Case 2 on three nodes: 500 MB are on each node by itself, on one that comes later too, and pods of two tenants read them
 * there.
 */
@NeedsRoot
@OnlyInDrills
class WorkbenchNodesIT {
    private static final String OWNER = "many-owner";
    private static final List<String> TENANTS = List.of("many-anna", "many-bob");
    private static final int FILES = 10;
    private static final int FILE = 50_000_000;
    private static final String FETCHED = "aquifer_node_origin_bytes_total";

    @Test
    void eachNodeHasItByItselfAndPodsOfAllTenantsReadItThere() throws Exception {
        try (Cluster cluster = Cluster.named("many");
                HostDirectory data = HostDirectory.make("aquifer-many-")) {
            List<String> sums = fill(data);
            cluster.up("--nodes", "3");
            Installation aquifer = new Installation(cluster, Installation.client(cluster), data);
            NodeAgents agents = new NodeAgents(aquifer);
            cluster.kubectl("label", "node", "node1", "node2", "served=yes");
            aquifer.installChart("--set", "cache.nodeSelector.served=yes");

            cluster.kubectlOn(volume(data), "apply", "-f", "-");
            awaitComplete(agents, 2);
            assertThat(agents.metric(FETCHED)).isEqualTo(2L * FILES * FILE);

            cluster.kubectl("label", "node", "node3", "served=yes");
            awaitComplete(agents, 3);
            assertThat(agents.metric(FETCHED)).isEqualTo(3L * FILES * FILE);

            for (String tenant : TENANTS) {
                cluster.kubectlOn(readers(tenant), "apply", "-f", "-");
            }
            for (String tenant : TENANTS) {
                cluster.kubectl(
                        "-n",
                        tenant,
                        "wait",
                        "pod",
                        "--all",
                        "--for=jsonpath={.status.phase}=Succeeded",
                        "--timeout=180s");
                for (int node = 1; node <= 3; node++) {
                    assertThat(cluster.kubectl("-n", tenant, "logs", "on-node" + node)
                                    .lines())
                            .containsExactlyElementsOf(sums);
                }
            }
            assertThat(agents.metric(FETCHED))
                    .as("what six pods read came from their nodes")
                    .isEqualTo(3L * FILES * FILE);
        }
    }

    /** Returns the lines of {@code sha256sum}. */
    private static List<String> fill(HostDirectory data) throws Exception {
        Random random = new Random(3);
        byte[] bytes = new byte[FILE];
        List<String> sums = new ArrayList<>();
        for (int i = 0; i < FILES; i++) {
            random.nextBytes(bytes);
            Files.write(data.path().resolve("part-" + i), bytes);
            String sum = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
            sums.add("%s  /ref/part-%d".formatted(sum, i));
        }
        return sums;
    }

    private static String volume(HostDirectory data) {
        StringBuilder manifests = new StringBuilder();
        TENANTS.forEach(tenant -> manifests.append(CachedShare.tenant(tenant, OWNER)));
        return manifests + data.sharedBy(OWNER) + """
              readPath: Cached
              cache: {prefetch: true}
              roles: [{name: reader, paths: [{path: /, access: ReadOnly}]}]
              access: [{namespaces: {names: [%s]}, roles: [reader]}]
            """.formatted(String.join(", ", TENANTS));
    }

    /** A pod on each node. */
    private static String readers(String tenant) {
        StringBuilder pods = new StringBuilder();
        for (int node = 1; node <= 3; node++) {
            pods.append("""
                apiVersion: v1
                kind: Pod
                metadata: {name: on-node%1$d, namespace: %2$s, annotations: {aquifer.dev/volumes: %3$s/ref@reader}}
                spec:
                  restartPolicy: Never
                  nodeSelector: {kubernetes.io/hostname: node%1$d}
                  containers: [{name: main, image: "busybox:1", command: [sh, -c, "sha256sum /ref/part-*"]}]
                ---
                """.formatted(node, tenant, OWNER));
        }
        return pods.toString();
    }

    private static void awaitComplete(NodeAgents agents, int nodes) {
        await().atMost(Duration.ofMinutes(5))
                .pollInterval(Duration.ofSeconds(2))
                .ignoreExceptions()
                .untilAsserted(() -> {
                    agents.bringNews();
                    assertThat(CachedShare.status(agents.aquifer().cluster(), OWNER, "ref")
                                    .at("/nodes/complete")
                                    .asInt())
                            .isEqualTo(nodes);
                });
    }
}
