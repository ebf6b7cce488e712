package dev.aquifer.e2e.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aquifer.e2e.CachedShare;
import dev.aquifer.e2e.HostDirectory;
import dev.aquifer.e2e.Installation;
import dev.aquifer.e2e.NeedsRoot;
import dev.aquifer.e2e.OnInstallation;
import dev.aquifer.e2e.OnlyInDrills;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
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
    private static final CachedShare SHARE = new CachedShare(OWNER, TENANT);
    private static final int MEGABYTE = 1_000_000;
    /** The container first makes a file, which knows the time better than the image's date: that has whole seconds. */
    private static final String SAYS_WHEN = "touch /tmp/begun; stat -c %y /tmp/begun; exec sleep 3600";

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSSSSS xx", Locale.ROOT);

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
            aquifer.cluster().kubectlOn(SHARE.of(data, "megabytesPerSecond: 1"), "apply", "-f", "-");
            aquifer.cluster()
                    .kubectl("-n", OWNER, "wait", "--for=condition=Ready", "sharedvolume/ref", "--timeout=120s");

            aquifer.cluster().kubectlOn(SHARE.reader(SAYS_WHEN), "apply", "-f", "-");
            aquifer.cluster().kubectl("-n", TENANT, "wait", "--for=condition=Ready", "pod/reader", "--timeout=400s");

            Instant complete = completed();
            assertThat(complete).isAfter(asked().plusMillis(800L * seconds));
            Duration late = Duration.between(complete, begun());
            System.out.printf("the container began %d ms after a fill of %d s%n", late.toMillis(), seconds);
            assertThat(late).isBetween(Duration.ZERO, Duration.ofSeconds(2));
        } finally {
            SHARE.remove(aquifer.cluster());
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

    /** In whole seconds, rounded down. */
    private Instant asked() {
        String path = "{.status.conditions[?(@.type==\"PodScheduled\")].lastTransitionTime}";
        return Instant.parse(aquifer.cluster().kubectl("-n", TENANT, "get", "pod", "reader", "-o", "jsonpath=" + path));
    }

    /** When the container did something first: {@code 2025-01-31 12:34:56.789012345 +0000}. */
    private Instant begun() {
        String printed =
                await().until(() -> aquifer.cluster().kubectl("-n", TENANT, "logs", "reader"), log -> !log.isBlank());
        return OffsetDateTime.parse(printed.strip(), STAMP).toInstant();
    }
}
