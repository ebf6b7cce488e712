package dev.aquifer.e2e.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aquifer.e2e.CachedShare;
import dev.aquifer.e2e.Command;
import dev.aquifer.e2e.HostDirectory;
import dev.aquifer.e2e.Installation;
import dev.aquifer.e2e.NeedsRoot;
import dev.aquifer.e2e.NodeAgents;
import dev.aquifer.e2e.OnInstallation;
import dev.aquifer.e2e.OnlyInDrills;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The authority is replaced, and the one before forgotten, while a pod waits for a fill: node and origin follow. */
@NeedsRoot
@OnlyInDrills
@ExtendWith(OnInstallation.class)
class RotationInFillIT {
    private static final String OWNER = "rotated-owner";
    private static final String TENANT = "rotated-tenant";
    private static final CachedShare SHARE = new CachedShare(OWNER, TENANT);
    private static final int MEGABYTE = 1_000_000;
    /** A rotation, the time to settle, and one leaf lifetime with the time to settle behind that, and some more. */
    private static final int SECONDS = 240;

    private final Installation aquifer;

    RotationInFillIT(Installation aquifer) {
        this.aquifer = aquifer;
    }

    @AfterEach
    void installAsItWas() {
        SHARE.remove(aquifer.cluster());
        aquifer.installChart();
    }

    @Test
    void aFillGoesOnUnderTheNextAuthorities() throws IOException {
        aquifer.installChart(Installation.admissionWith(Map.of(
                "AQUIFER_CA_ROTATION", "60s",
                "AQUIFER_CA_SETTLE", "20s",
                "AQUIFER_CA_TICK", "1s",
                "AQUIFER_LEAF_LIFETIME", "60s",
                "AQUIFER_CA_LIFETIME", "300s")));
        try (HostDirectory data = HostDirectory.make("aquifer-rotated-")) {
            byte[] bytes = new byte[MEGABYTE];
            for (int i = 0; i < SECONDS; i++) {
                new Random(i).nextBytes(bytes);
                Files.write(data.path().resolve("file-%03d".formatted(i)), bytes);
            }
            aquifer.cluster().kubectlOn(SHARE.of(data, "megabytesPerSecond: 1"), "apply", "-f", "-");
            aquifer.cluster()
                    .kubectl("-n", OWNER, "wait", "--for=condition=Ready", "sharedvolume/ref", "--timeout=120s");

            aquifer.cluster().kubectlOn(SHARE.reader(), "apply", "-f", "-");
            await().atMost(Duration.ofSeconds(3 * SECONDS))
                    .pollInterval(Duration.ofSeconds(5))
                    .until(this::isReadyAfterNews);

            assertThat(aquifer.cluster().kubectl("-n", TENANT, "exec", "reader", "--", "sh", "-c", sum("/ref")))
                    .isEqualTo(
                            Command.of("sh", "-c", sum(data.path().toString())).run());
            for (String log : new String[] {nodeLog(), originLog()}) {
                // with a rotation each minute, the authorities that it began with are long forgotten
                assertThat(log.lines().filter(line -> line.contains("event=authorities ")))
                        .hasSizeGreaterThan(2);
                assertThat(log.lines().filter(line -> line.contains("event=certificate ")))
                        .hasSizeGreaterThan(2);
            }
        }
    }

    /** Kubelet brings what changed in ConfigMaps with each change of a pod, else once a minute. */
    private boolean isReadyAfterNews() {
        new NodeAgents(aquifer).bringNews();
        aquifer.cluster()
                .kubectl(
                        "-n",
                        OWNER,
                        "annotate",
                        "pod",
                        "--all",
                        "--overwrite",
                        "aquifer.dev/test=" + System.nanoTime());
        return aquifer.cluster()
                .kubectl("-n", TENANT, "get", "pod", "reader", "-o", "jsonpath={.status.containerStatuses[0].ready}")
                .equals("true");
    }

    private static String sum(String folder) {
        return "cat %s/file-* | md5sum".formatted(folder);
    }

    private String nodeLog() {
        return aquifer.cluster().kubectl("-n", "aquifer-system", "logs", "daemonset/aquifer-node", "-c", "fetch");
    }

    private String originLog() {
        String origin = aquifer.cluster()
                .kubectl("-n", OWNER, "get", "deployments", "-o", "jsonpath={.items[0].metadata.name}");
        return aquifer.cluster().kubectl("-n", OWNER, "logs", "deployment/" + origin);
    }
}
