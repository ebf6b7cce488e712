package dev.aquifer.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A pod's containers start the moment the fill is done that it waits for, also where kubelet had to ask more than once
 * meanwhile.
 */
@NeedsRoot
@OnlyInDrills
@ExtendWith(OnInstallation.class)
class FillTimesIT {
    private static final String OWNER = "slow-owner";
    private static final String TENANT = "slow-tenant";
    private static final int MEGABYTE = 1_000_000;

    private final Installation aquifer;

    FillTimesIT(Installation aquifer) {
        this.aquifer = aquifer;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 20, 150})
    void aPodStartsWithinTwoSecondsOfTheEndOfAFillOfSoManySeconds(int seconds) throws IOException {
        try (HostDirectory data = HostDirectory.make("aquifer-slow-")) {
            byte[] bytes = new byte[MEGABYTE];
            for (int i = 0; i < seconds; i++) {
                new Random(i).nextBytes(bytes);
                Files.write(data.path().resolve("file-" + i), bytes);
            }
            aquifer.cluster().kubectlOn(volume(data), "apply", "-f", "-");
            aquifer.cluster()
                    .kubectl("-n", OWNER, "wait", "--for=condition=Ready", "sharedvolume/ref", "--timeout=120s");

            aquifer.cluster().kubectlOn(reader(), "apply", "-f", "-");
            aquifer.cluster().kubectl("-n", TENANT, "wait", "--for=condition=Ready", "pod/reader", "--timeout=400s");

            Instant complete = completed();
            assertThat(complete).isAfter(asked().plusMillis(800L * seconds));
            // kubelet says it in whole seconds, rounded down
            assertThat(Duration.between(complete, started())).isLessThanOrEqualTo(Duration.ofSeconds(2));
        } finally {
            aquifer.cluster().kubectl("delete", "namespace", TENANT, OWNER, "--timeout=120s", "--ignore-not-found");
            aquifer.cluster().kubectl("delete", "persistentvolume", OWNER, "--ignore-not-found");
        }
    }

    /** When the agent had the snapshot; its log is of the node's clock, as kubelet's times are. */
    private Instant completed() {
        return aquifer.cluster()
                .kubectl("-n", "aquifer-system", "logs", "daemonset/aquifer-node", "-c", "fetch", "--since=10m")
                .lines()
                .filter(line -> line.contains("event=snapshot-complete") && line.contains("name=" + OWNER + "/ref "))
                .map(line -> Instant.parse(line.substring(0, line.indexOf(' '))))
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }

    private Instant asked() {
        return ofPod("{.status.conditions[?(@.type==\"PodScheduled\")].lastTransitionTime}");
    }

    private Instant started() {
        return ofPod("{.status.containerStatuses[0].state.running.startedAt}");
    }

    private Instant ofPod(String path) {
        return Instant.parse(aquifer.cluster().kubectl("-n", TENANT, "get", "pod", "reader", "-o", "jsonpath=" + path));
    }

    private static String volume(HostDirectory data) {
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
              cache: {megabytesPerSecond: 1}
              roles: [{name: reader, paths: [{path: /, access: ReadOnly}]}]
              access: [{namespaces: {names: [%2$s]}, roles: [reader]}]
            """.formatted(OWNER, TENANT);
    }

    private static String reader() {
        return """
            apiVersion: v1
            kind: Pod
            metadata: {name: reader, namespace: %1$s, annotations: {aquifer.dev/volumes: %2$s/ref@reader}}
            spec:
              terminationGracePeriodSeconds: 0
              containers: [{name: main, image: "busybox:1", command: [/bin/sleep, "3600"]}]
            """.formatted(TENANT, OWNER);
    }
}
