package dev.aquifer.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
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

/** A volume that the node has before any pod asks for it. */
@NeedsRoot
@ExtendWith(OnInstallation.class)
class PrefetchIT {
    private static final String OWNER = "prefetch-owner";
    private static final String TENANT = "prefetch-tenant";
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
        aquifer.cluster().kubectlOn(volume(), "apply", "-f", "-");
    }

    @AfterAll
    static void remove(Installation aquifer) throws IOException {
        aquifer.installChart();
        aquifer.cluster().kubectl("delete", "namespace", TENANT, OWNER, "--timeout=120s");
        aquifer.cluster().kubectl("delete", "persistentvolume", OWNER, "--ignore-not-found");
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
                    assertThat(status().at("/nodes/complete").asInt()).isEqualTo(1);
                });

        assertThat(status().path("snapshot").asText()).matches("[0-9a-f]{64}");
        assertThat(cached().path("reason").asText()).isEqualTo("Serving");
        assertThat(cached().path("message").asText()).endsWith("complete on 1 node");
        assertThat(agents.metric("aquifer_node_origin_bytes_total") - before).isEqualTo(FILE);
        assertThat(status().path("boundNamespaces").asInt()).isEqualTo(1);

        stopTheOrigin();
        aquifer.cluster().kubectlOn(reader(), "apply", "-f", "-");
        aquifer.cluster().kubectl("-n", TENANT, "wait", "--for=condition=Ready", "pod/reader", "--timeout=60s");
        assertThat(aquifer.cluster().kubectl("-n", TENANT, "exec", "reader", "--", "sha256sum", "/ref/one"))
                .startsWith(sha256());
    }

    /** The binder would start it again. */
    private void stopTheOrigin() {
        aquifer.cluster().kubectl("-n", "aquifer-system", "scale", "deployment/aquifer-binder", "--replicas=0");
        aquifer.cluster()
                .kubectl("-n", "aquifer-system", "rollout", "status", "deployment/aquifer-binder", "--timeout=60s");
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
            aquifer.cluster().kubectl("-n", OWNER, "scale", "deployment", "--all", "--replicas=0");
            assertThat(aquifer.client().pods().inNamespace(OWNER).list().getItems())
                    .isEmpty();
        });
    }

    private JsonNode status() throws IOException {
        String volume = aquifer.cluster().kubectl("-n", OWNER, "get", "sharedvolume", "ref", "-o", "json");
        return JsonMapper.builder().build().readTree(volume).path("status");
    }

    private JsonNode cached() throws IOException {
        return status().path("conditions")
                .valueStream()
                .filter(condition -> condition.path("type").asText().equals("Cached"))
                .findFirst()
                .orElseThrow();
    }

    private static String sha256() throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private static String volume() {
        return data.asClaimOf(OWNER) + """
            apiVersion: v1
            kind: Namespace
            metadata:
              name: %2$s
              labels: {aquifer.dev/inject: enabled}
              annotations: {aquifer.dev/accept-from: %1$s}
            ---
            apiVersion: aquifer.dev/v1alpha1
            kind: SharedVolume
            metadata: {name: ref, namespace: %1$s}
            spec:
              source: {persistentVolumeClaim: {claimName: data}}
              mountPath: /ref
              readPath: Cached
              cache: {prefetch: true}
              roles: [{name: reader, paths: [{path: /, access: ReadOnly}]}]
              access: [{namespaces: {names: [%2$s]}, roles: [reader]}]
            """.formatted(OWNER, TENANT);
    }

    private static String reader() {
        return """
            apiVersion: v1
            kind: Pod
            metadata:
              name: reader
              namespace: %1$s
              annotations: {aquifer.dev/volumes: %2$s/ref@reader}
            spec:
              terminationGracePeriodSeconds: 0
              containers: [{name: main, image: "busybox:1", command: [/bin/sleep, "3600"]}]
            """.formatted(TENANT, OWNER);
    }
}
