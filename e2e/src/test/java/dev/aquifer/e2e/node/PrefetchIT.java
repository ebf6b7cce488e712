package dev.aquifer.e2e.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aquifer.e2e.CachedShare;
import dev.aquifer.e2e.HostDirectory;
import dev.aquifer.e2e.Installation;
import dev.aquifer.e2e.LongRunning;
import dev.aquifer.e2e.NeedsRoot;
import dev.aquifer.e2e.NodeAgents;
import dev.aquifer.e2e.OnInstallation;
import java.io.IOException;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A volume that the node has before any pod asks for it, and one that only other nodes are to have. */
@NeedsRoot
@LongRunning
@ExtendWith(OnInstallation.class)
class PrefetchIT {
    private static final String OWNER = "prefetch-owner";
    private static final String TENANT = "prefetch-tenant";
    private static final CachedShare SHARE = new CachedShare(OWNER, TENANT);
    private static final int FILE = 3_000_000;

    @SuppressWarnings("NullAway.Init") // from the first method on
    private static HostDirectory data;

    private static byte[] bytes = new byte[FILE];

    private final Installation aquifer;

    PrefetchIT(Installation aquifer) {
        this.aquifer = aquifer;
    }

    @BeforeAll
    static void share(Installation aquifer) throws IOException {
        data = HostDirectory.make("aquifer-prefetch-");
        new Random(2).nextBytes(bytes);
        Files.write(data.path().resolve("one"), bytes);
        String volume = SHARE.of(data, "prefetch: true, prefetchNodeSelector: {kubernetes.io/os: linux}");
        String forOthers = SHARE.of(data, "prefetch: true, prefetchNodeSelector: {kubernetes.io/os: windows}")
                .replace("name: ref,", "name: for-others,")
                .replace("/ref", "/for-others");
        aquifer.cluster().kubectlOn(volume + "---\n" + forOthers, "apply", "-f", "-");
    }

    @AfterAll
    static void remove(Installation aquifer) throws IOException {
        aquifer.installChart();
        SHARE.remove(aquifer.cluster());
        data.close();
    }

    @Test
    void aNodeFillsBeforeAnyPodComesAndAPodStartsWithTheOriginStopped() throws Exception {
        NodeAgents agents = new NodeAgents(aquifer);
        long before = agents.metric("aquifer_node_origin_bytes_total");

        await().atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofSeconds(2))
                .ignoreExceptions()
                .untilAsserted(() -> {
                    agents.bringNews();
                    assertThat(status("ref").at("/nodes/complete").asInt()).isEqualTo(1);
                    assertThat(status("for-others").at("/nodes/unselected").asInt())
                            .isEqualTo(1);
                });

        assertThat(status("ref").path("snapshot").asText()).matches("[0-9a-f]{64}");
        assertThat(cached().path("reason").asText()).isEqualTo("Serving");
        assertThat(cached().path("message").asText()).endsWith("complete on 1 node");
        assertThat(agents.metric("aquifer_node_origin_bytes_total") - before).isEqualTo(FILE);
        assertThat(status("ref").path("boundNamespaces").asInt()).isEqualTo(1);

        stopTheOrigin();
        aquifer.cluster().kubectlOn(SHARE.reader(), "apply", "-f", "-");
        aquifer.cluster().kubectl("-n", TENANT, "wait", "--for=condition=Ready", "pod/reader", "--timeout=180s");
        assertThat(aquifer.cluster().kubectl("-n", TENANT, "exec", "reader", "--", "sha256sum", "/ref/one"))
                .startsWith(sha256());
        assertThat(aquifer.client().pods().inNamespace(OWNER).list().getItems())
                .as("the origin's pods")
                .isEmpty();
    }

    /** The binder would start it again. */
    private void stopTheOrigin() {
        aquifer.cluster().kubectl("-n", "aquifer-system", "scale", "deployment/aquifer-binder", "--replicas=0");
        aquifer.cluster()
                .kubectl(
                        "-n",
                        "aquifer-system",
                        "wait",
                        "--for=delete",
                        "pod",
                        "-l",
                        "app.kubernetes.io/component=binder",
                        "--timeout=180s");
        await().atMost(Duration.ofMinutes(3)).untilAsserted(() -> {
            aquifer.cluster().kubectl("-n", OWNER, "scale", "deployment", "--all", "--replicas=0");
            assertThat(aquifer.client().pods().inNamespace(OWNER).list().getItems())
                    .isEmpty();
        });
    }

    private JsonNode status(String name) throws IOException {
        return CachedShare.status(aquifer.cluster(), OWNER, name);
    }

    private JsonNode cached() throws IOException {
        return status("ref")
                .path("conditions")
                .valueStream()
                .filter(condition -> condition.path("type").asText().equals("Cached"))
                .findFirst()
                .orElseThrow();
    }

    private static String sha256() throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
